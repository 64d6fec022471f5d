#!/bin/sh
# The start of a web container: static files to Nginx's volume, the newest schema, then Gunicorn in place of this shell.
set -eu

python -m web.static_files publish static-dist public
flask db upgrade

# The heartbeat file must not lie on a disk. Gunicorn's own access log is off: the application logs each request.
exec gunicorn --config web/serving.py --bind 0.0.0.0:5000 --worker-tmp-dir /dev/shm "app:create_app()"
