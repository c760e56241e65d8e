FROM python:3.12-slim
RUN useradd --create-home --uid 10001 bot
WORKDIR /app
COPY requirements.lock ./
RUN python -m pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot ./bot
COPY knowledge ./knowledge
RUN mkdir data && chown bot data
USER bot
ENV OPERATING_LISTEN=127.0.0.1:9090
VOLUME /app/data
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9090/readyz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
