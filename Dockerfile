# Any Debian-based Python image of this version or newer; the wheels do not run on Alpine.
ARG PYTHON_IMAGE=docker.io/library/python:3.11-slim

FROM ${PYTHON_IMAGE} AS packages
RUN python3 -m venv /opt/venv
COPY requirements/runtime.txt .
# Wheels only, each with its hash: nothing is compiled, so neither stage holds a compiler.
RUN /opt/venv/bin/pip install --no-cache-dir --no-deps --only-binary :all: --require-hashes \
    --requirement runtime.txt

FROM ${PYTHON_IMAGE}
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    PROMETHEUS_MULTIPROC_DIR=/tmp/metrics \
    STATIC_ROOT=/srv/static \
    WEB_CONCURRENCY=2
RUN useradd --uid 10001 --no-create-home careerhub
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/careerhub
COPY . .
# The key signs nothing here; the real one comes from the environment at run time.
RUN SECRET_KEY=only-for-this-step python manage.py collectstatic --no-input && rm -rf /tmp/metrics
# The root file system may be read-only: all that is written goes into /tmp and /dev/shm.
USER careerhub
EXPOSE 8000
# No access log: addresses of the pages without sign-in carry a secret.
CMD ["gunicorn", "careerhub.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", \
     "--graceful-timeout", "35", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
