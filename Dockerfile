# One image, two services (compose.yaml): web and scheduler. Nothing runs as root, nothing is written outside /data.
# The steps below were tried one by one in a plain folder; the image itself has not been built by the developers yet.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    KOILLISMAA_DATA_DIR=/data KOILLISMAA_HOST=0.0.0.0 KOILLISMAA_PORT=8050

WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir -r requirements.lock
COPY app.py impact_commands.py koillismaa.toml pyproject.toml LICENSE ./
COPY queries queries
COPY ingest ingest
COPY dashboards dashboards
COPY assets assets
RUN useradd --uid 10001 --no-create-home --home-dir /app koillismaa \
    && mkdir /data && chown koillismaa /data

USER koillismaa
VOLUME /data
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8050/healthz', timeout=4)"]
CMD ["python", "app.py", "web"]
