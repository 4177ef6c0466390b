#!/usr/bin/env bash
# Tries the Windows folder under Wine 10 of Debian trixie: no part of CI, and not real Windows.
#
#   packaging/windows/try_in_wine.sh jiandang-VERSION-windows.zip [FOLDER]
#
# FOLDER takes a trixie with Wine and mingw (about 3 GB, made once; needs root, mmdebstrap and
# Debian's archive; Wine 8 of bookworm lacks too much). What is tried: python.exe itself, then
# 检查登记表.bat with a file dropped on it whose name has a blank and an &.
set -euo pipefail
zip=$(realpath "$1")
root=$(realpath "${2:-/tmp/jiandang-wine}")
sample=$(realpath "$(dirname "$0")/../../sample_data/官山镇_有误.xlsx")
try=$root/srv/试用

if [ ! -e "$root/etc/debian_version" ]; then
    mmdebstrap --variant=minbase --aptopt='APT::Install-Recommends "false"' \
        --include=wine,wine64,gcc-mingw-w64-x86-64,locales trixie "$root"
    # The code page of a Chinese Windows: 936.
    chroot "$root" localedef -i zh_CN -f UTF-8 zh_CN.UTF-8
fi
# Wine finds its own files by /proc.
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
trap 'chroot "$root" wineserver -k || true; umount "$root/proc"' EXIT
rm -rf "$try"
mkdir -p "$try"
python3 -m zipfile -e "$zip" "$try"
folder=$(echo "$try"/jiandang-*-windows)
cp "$sample" "$try/官山 & 镇.xlsx"

in_root() { chroot "$root" /usr/bin/env LC_ALL=zh_CN.UTF-8 WINEDEBUG=-all WINEPREFIX=/root/.wine "$@"; }

# numpy imports crealf and cimagf from ucrtbase, which Wine has not and Windows has. A DLL of another
# name of the same length takes the place of the runtime's in this copy of numpy: the two, and
# forwarders for the rest.
numpy=$(echo "$folder"/python/site-packages/numpy/_core/_multiarray_umath*.pyd)
dll=api-ms-win-crt-math-l1-1-0.dll
own=jiandang-math-for-wine-1-0.dll
mkdir -p "$root/srv/math"
cat >"$root/srv/math/math.c" <<'C'
typedef union { float _Complex whole; float parts[2]; } Complex;
float crealf(float _Complex z) { Complex c; c.whole = z; return c.parts[0]; }
float cimagf(float _Complex z) { Complex c; c.whole = z; return c.parts[1]; }
C
{
    echo EXPORTS
    in_root x86_64-w64-mingw32-objdump -p "${numpy#"$root"}" |
        awk -v dll=$dll '/DLL Name/ { here = $3 == dll } here && $2 == "<none>" {
            print ($4 == "crealf" || $4 == "cimagf") ? $4 : $4 " = ucrtbase." $4 }'
} >"$root/srv/math/math.def"
in_root x86_64-w64-mingw32-gcc -shared -nostdlib -fno-builtin -Wl,--entry=0 \
    -o "/srv/math/$own" /srv/math/math.c /srv/math/math.def
cp "$root/srv/math/$own" "$folder/python/"
python3 - "$numpy" $dll $own <<'PYTHON'
import sys
from pathlib import Path

path, old, new = Path(sys.argv[1]), sys.argv[2].encode(), sys.argv[3].encode()
data = path.read_bytes()
assert len(old) == len(new) and data.count(old) == 1
path.write_bytes(data.replace(old, new))
PYTHON

in_root wineboot --init
in_root wine --version
echo "== python.exe"
in_root wine "${folder#"$root"}/python/python.exe" -m jiandang --version
time in_root wine "${folder#"$root"}/python/python.exe" -m jiandang check --as-of 2016-03-29 \
    --fail-on never --format list --output "Z:${try#"$root"}" "Z:${try#"$root"}/官山 & 镇.xlsx"
echo "== 检查登记表.bat"
windows() { local path="Z:${1#"$root"}"; echo "${path//\//\\}"; }
in_root wine cmd /c "$(windows "$folder/检查登记表.bat")" "$(windows "$try/官山 & 镇.xlsx")" \
    </dev/null || echo "exit code $?"
find "$try" -maxdepth 2 -newer "$numpy" -not -path '*windows/*'
