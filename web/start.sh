#!/bin/sh
# The start of a web container: static files to Nginx's volume, the newest schema, then Gunicorn in place of this shell.
set -eu

python -m web.static_files publish static-dist public
flask db upgrade

# gthread: threads wait for the database while others work; the heartbeat file must not lie on a disk; a worker is
# renewed now and then, not all at once; Gunicorn's own access log is off, since the application logs each request.
exec gunicorn \
    --bind 0.0.0.0:5000 \
    --worker-class gthread --workers 2 --threads 8 \
    --worker-tmp-dir /dev/shm \
    --max-requests 2000 --max-requests-jitter 400 \
    --timeout 60 --graceful-timeout 60 \
    --no-control-socket \
    "app:create_app()"
