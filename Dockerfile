# Two stages: uv and its cache stay behind, the image holds Python and the packages.
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir --root-user-action=ignore uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --locked --no-dev --extra postgresql --no-install-project
COPY src ./src
RUN uv sync --locked --no-dev --extra postgresql --no-editable

FROM python:3.13-slim
RUN useradd --system --uid 8383 --create-home --home-dir /data saring
COPY --from=build --chown=root:root /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH \
    SARING_HOST=0.0.0.0 \
    SARING_DATABASE=sqlite:////data/saring.db
USER saring
WORKDIR /data
# The store and, beside it, its secret: back both up, and not to the same place.
VOLUME /data
EXPOSE 8383
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "import os, sys, urllib.request as u; from saring.settings import read_settings; s = read_settings({}, os.environ); sys.exit(u.urlopen(f'http://127.0.0.1:{s.port}{s.path_prefix}/1.1/test', timeout=2).read() != b'connected')"]
CMD ["saring", "serve"]
