"""Cases"""
