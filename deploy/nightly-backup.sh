#!/bin/sh
# One backup; kept are the newest 14 and the first of each of the newest 12 months. Run by hungdao-backup.service in
# the portal's folder with its environment. A backup that fails takes nothing away.
set -eu
umask 077
folder=${BACKUP_FOLDER:?names the folder of the backups in /etc/hungdao/environment}
.venv/bin/python manage.py backup "$folder/hungdao-$(date +%Y%m%d-%H%M).backup"
cd "$folder"
all=$(ls hungdao-????????-????.backup)
keep=$(
  echo "$all" | tail -n 14
  echo "$all" | awk '!seen[substr($0, 9, 6)]++' | tail -n 12
)
for one in $all; do
  echo "$keep" | grep -qxF "$one" || rm -- "$one"
done
