# The web image: packages and our code are made ready in one stage, put on a thinned base in the next, and squashed.
# Nothing is installed from the distribution and no compiler is needed: every compiled package has a musl wheel.
ARG PYTHON_IMAGE=python:3.13-alpine

FROM ${PYTHON_IMAGE} AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PYTHONDONTWRITEBYTECODE=1
RUN python -m venv --without-pip /opt/venv
COPY requirements.txt /tmp/
# Flask-Principal is the one package without a wheel; it is pure Python.
RUN pip --python /opt/venv/bin/python install --no-compile --only-binary=:all: --no-binary=flask-principal -r /tmp/requirements.txt
ENV PATH=/opt/venv/bin:$PATH

# What the shop never asks for: other countries' dates and texts, other databases, icons twice, tests.
RUN cd /opt/venv/lib/python3*/site-packages \
 && find babel/locale-data -type f ! -name 'uk*' ! -name 'en.dat' ! -name 'en_*' ! -name 'root.dat' -delete \
 && find flask_admin/translations flask_security/translations wtforms/locale -mindepth 1 -maxdepth 1 -type d ! -name 'uk*' ! -name 'en*' -exec rm -rf {} + \
 && rm -rf sqlalchemy/dialects/mssql sqlalchemy/dialects/oracle sqlalchemy/dialects/mysql sqlalchemy/testing \
 && find pytz/zoneinfo -mindepth 1 ! -path 'pytz/zoneinfo/Europe' ! -path 'pytz/zoneinfo/Europe/K*' ! -path 'pytz/zoneinfo/UTC' -delete \
 && cd flask_admin/static \
 && find vendor/fontawesome-free* -type f ! -name all.min.css ! -name '*.woff2' ! -name 'LICENSE*' -delete \
 && find bootstrap/bootstrap4/swatch -mindepth 1 -maxdepth 1 ! -name default -exec rm -rf {} + \
 && find bootstrap/bootstrap4/fonts -type f ! -name '*.woff2' -delete \
 && rm -rf vendor/leaflet && find . -name '*.map' -delete && find . -type d -empty -delete \
 && cd ../.. && find . -type d '(' -name tests -o -name test ')' -prune -exec rm -rf {} +

WORKDIR /app
COPY . .
RUN python -m translations.catalogues compile && find /app /opt/venv -name '*.po' -delete
# One copy of the static files, as Nginx will serve them; the application finds them in their usual places.
RUN python -m web.static_files gather /app/static-dist \
 && rm -rf static /opt/venv/lib/python3*/site-packages/flask_admin/static \
 && ln -s static-dist/static static \
 && ln -s /app/static-dist/admin/static "$(echo /opt/venv/lib/python3*/site-packages/flask_admin)/static" \
 && ln -s "$(echo /opt/venv/lib/python3*/site-packages/pytz/zoneinfo)" /opt/zoneinfo
# A container that may not write would compile everything at every start.
RUN python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib /app

FROM ${PYTHON_IMAGE} AS runtime
RUN cd "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" \
 && rm -rf ensurepip idlelib turtledemo lib2to3 pydoc_data tkinter test config-* site-packages/pip* \
 && rm -rf /usr/local/include /usr/local/lib/pkgconfig /usr/local/share/man /usr/local/bin/pip* /usr/local/bin/idle* /usr/local/bin/pydoc* \
 && python -m compileall -q -j 0 --invalidation-mode unchecked-hash .
COPY --from=packages /opt /opt
COPY --from=packages /app /app
RUN mkdir -p /app/data /app/public && chown 10001:10001 /app/data /app/public

# Only a squash drops from the size what was removed from the base.
FROM scratch
COPY --from=runtime / /
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONTZPATH=/opt/zoneinfo \
    FLASK_APP=app.py DATABASE_PATH=/app/data/database.db
WORKDIR /app
USER 10001:10001
EXPOSE 5000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 5000, timeout=4); c.request('GET', '/readyz'); raise SystemExit(c.getresponse().status != 200)"]
CMD ["sh", "web/start.sh"]
