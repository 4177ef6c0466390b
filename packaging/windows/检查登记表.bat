@echo off
rem Made for cmd.exe of Windows 10 and newer; packaging/windows/build.py writes it in GBK.
chcp 936 >nul
title 检查登记表
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
set "CODE=2"

if not exist "%HERE%python\python.exe" (
    echo 请先把压缩包全部解压出来，再打开解压后的文件夹，双击“检查登记表.bat”。
    goto stop
)
ver | findstr /c:" 6." /c:" 5." >nul && (
    echo 这台电脑的 Windows 太旧，运行不了：要 Windows 10 或 11，64 位。
    echo Windows 7、8 怎么办，见本文件夹里的“说明.txt”。
    goto stop
)
if /i "%PROCESSOR_ARCHITECTURE%"=="x86" if not defined PROCESSOR_ARCHITEW6432 (
    echo 这台电脑的 Windows 是 32 位的，运行不了：要 64 位的 Windows 10 或 11。
    goto stop
)

rem %* would be cut at an & in a name: start.py reads the whole command line of what was dropped.
rem In a window of cmd that line is only cmd's own, and the arguments are what was typed.
setlocal EnableDelayedExpansion
set "JIANDANG_DROPPED=!CMDCMDLINE!"
if not defined JIANDANG_DROPPED goto typed
set "REST=!JIANDANG_DROPPED:%~nx0=!"
if "!REST!"=="!JIANDANG_DROPPED!" goto typed
"!HERE!python\python.exe" "!HERE!python\start.py"
goto ended
:typed
endlocal
set "JIANDANG_DROPPED="
"%HERE%python\python.exe" "%HERE%python\start.py" %*
:ended
set "CODE=%ERRORLEVEL%"

if "%CODE%"=="-1073741795" (
    echo 处理器太旧，缺少需要的指令（SSE4.2、POPCNT），这台电脑运行不了。请换一台 2010 年以后的电脑。
)
if "%CODE%"=="-1073741515" (
    echo 缺少系统运行库，程序没有启动。请用 Windows 更新打齐补丁，或换一台电脑；文件夹里的文件也不要单独移走。
)
if "%CODE%"=="-1073741701" (
    echo 程序文件与这台电脑不符，没有启动。请重新解压整个压缩包。
)

:stop
echo.
echo 按任意键关闭窗口。
pause >nul
rem Whatever stands behind an & must not be run as a command.
exit %CODE%
