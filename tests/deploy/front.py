"""The shipped nginx configuration before two real web processes, on a Redis and a certificate of its own.

Nothing of the configuration is left out. What is put in the place of something else stands in `Front._here`:
folders of the system become folders of the test, fixed ports become free ones.
"""

import datetime
import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bench.server import free_port

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "deploy" / "nginx"
NAME = "doimoisangtao.hungdao.example"
PATIENCE = 90  # seconds; a busy machine is slow, not wrong
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
REDIS = shutil.which("redis-server")

# What Debian's own nginx.conf says around a site, in folders of the test.
AROUND = """
{user}
worker_processes 2;
daemon off;
pid {root}/nginx.pid;
error_log {root}/error.log warn;
events {{ worker_connections 4096; }}
http {{
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path {root}/temp/body;
    proxy_temp_path {root}/temp/proxy;
    fastcgi_temp_path {root}/temp/fastcgi;
    uwsgi_temp_path {root}/temp/uwsgi;
    scgi_temp_path {root}/temp/scgi;
    access_log off;
    gzip on;
    include {root}/etc/nginx/sites-enabled/*;
}}
"""


class Front:
    """`with Front(environment) as front`: `front.ask(…)` goes through nginx to `front.processes`."""

    def __init__(self, environment, processes=2):
        self.root = Path(tempfile.mkdtemp(prefix="front-"))
        self.http, self.https = free_port(), free_port()
        self.redis_port = free_port()
        self.ports = [free_port() for _ in range(processes)]
        self.media, self.static = self.root / "var/lib/hungdao/media", self.root / "var/lib/hungdao/static"
        self.environment = {
            **os.environ,
            **environment,
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
            "SITE_URL": f"https://{NAME}",
            "ALLOWED_HOSTS": NAME,
            "EMAIL_URL": "smtp://127.0.0.1:9",
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "MEDIA_ROOT": str(self.media),
            "STATIC_ROOT": str(self.static),
            "PRIVATE_FILES_BY_NGINX": "on",
        }
        self.processes = [Process(self, port) for port in self.ports]
        self.redis = self.nginx = None

    # ---- from nothing to answering

    def __enter__(self):
        try:
            self._lay_out()
            self.start_redis()
            self._collect_static()
            for process in self.processes:
                process.begin()
            for process in self.processes:
                process.wait_until_served()
            self.start_nginx()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc):
        for one in (self.nginx, *(process.child for process in self.processes), self.redis):
            if one and one.poll() is None:
                one.terminate() if one is self.nginx else one.kill()
            if one:
                one.wait(PATIENCE)
        shutil.rmtree(self.root, ignore_errors=True)

    def _lay_out(self):
        for folder in ("etc/nginx/sites-enabled", "etc/nginx/snippets", "etc/ssl/hungdao", "temp", "acme"):
            (self.root / folder).mkdir(parents=True)
        (self.root / "var/log/nginx/hungdao").mkdir(parents=True)
        (self.root / "var/lib/hungdao/acme").mkdir(parents=True)
        self.media.mkdir(parents=True)
        places = {
            "hungdao.conf": "sites-enabled/hungdao.conf",
            "hungdao-processes.conf": "hungdao-processes.conf",
            "hungdao-proxy.conf": "snippets/hungdao-proxy.conf",
            "hungdao-file.conf": "snippets/hungdao-file.conf",
        }
        for name, place in places.items():
            text = (SHIPPED / name).read_text()
            (self.root / "etc/nginx" / place).write_text(self._here(text))
        user = "user root;" if os.geteuid() == 0 else ""
        (self.root / "nginx.conf").write_text(AROUND.format(root=self.root, user=user))
        self.certificate = make_certificate(self.root / "etc/ssl/hungdao")

    def _here(self, text):
        """The shipped text with the test's folders and ports."""
        lines = [line for line in text.splitlines() if "listen [::]" not in line]
        text = "\n".join(lines) + "\n"
        for old, new in {
            "/etc/nginx/": f"{self.root}/etc/nginx/",
            "/etc/ssl/hungdao/": f"{self.root}/etc/ssl/hungdao/",
            "/var/log/nginx/": f"{self.root}/var/log/nginx/",
            "/var/lib/hungdao/": f"{self.root}/var/lib/hungdao/",
            "/srv/hungdao/": f"{ROOT}/",
            "listen 80": f"listen 127.0.0.1:{self.http}",
            "listen 443": f"listen 127.0.0.1:{self.https}",
            "127.0.0.1:8001": f"127.0.0.1:{self.ports[0]}",
            "127.0.0.1:8002": f"127.0.0.1:{self.ports[-1]}",
        }.items():
            text = text.replace(old, new)
        return text

    def _collect_static(self):
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "-v", "0"],
            cwd=ROOT,
            env=self.environment,
            check=True,
        )

    def start_redis(self):
        arguments = [
            "--port",
            str(self.redis_port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self.redis = subprocess.Popen([REDIS, *arguments], stdout=subprocess.DEVNULL, cwd=self.root)
        until(lambda: answers(self.redis_port))

    def start_nginx(self):
        command = [NGINX, "-e", f"{self.root}/error.log", "-c", f"{self.root}/nginx.conf"]
        tested = subprocess.run([*command, "-t", "-q"], capture_output=True, text=True)
        assert (tested.returncode, tested.stderr) == (0, ""), tested.stderr
        self.nginx = subprocess.Popen(command)
        until(lambda: answers(self.https))

    # ---- asking

    def ask(self, path, method="GET", body=None, cookies=None, **headers):
        """One request over TLS, the certificate checked: an `Answer`."""
        line = http.client.HTTPSConnection(NAME, self.https, timeout=PATIENCE)
        line.sock = self.tls()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookies:
            named["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        named.setdefault(
            "Origin" if method == "POST" else "Accept", f"https://{NAME}" if method == "POST" else "*/*"
        )
        try:
            line.request(method, path, body, named)
            return Answer(line.getresponse())
        finally:
            line.close()

    def tls(self, name=NAME):
        """A line to nginx on which it proved to be `name`."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        line = socket.create_connection(("127.0.0.1", self.https), timeout=PATIENCE)
        try:
            return context.wrap_socket(line, server_hostname=name)
        except BaseException:
            line.close()
            raise

    def log(self):
        """The lines of the access log so far."""
        return (self.root / "var/log/nginx/hungdao/access.log").read_text().splitlines()


class Process:
    """One web process as the unit starts it."""

    def __init__(self, front, port):
        self.front, self.port, self.child = front, port, None
        self._log = front.root / f"web-{port}.log"

    def begin(self):
        arguments = [
            "-b",
            "127.0.0.1",
            "-p",
            str(self.port),
            "--proxy-headers",
            "--no-server-name",
            "-v",
            "0",
        ]
        with self._log.open("ab") as log:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "config.server", *arguments],
                cwd=ROOT,
                env=self.front.environment,
                stderr=log,
            )

    def wait_until_served(self):
        def served():
            assert self.child.poll() is None, self.said()
            return answers(self.port)

        until(served)

    def said(self):
        return self._log.read_text()

    def stop(self, how=signal.SIGTERM):
        self.child.send_signal(how)
        return self.child.wait(PATIENCE)

    def start(self):
        self.begin()
        self.wait_until_served()

    def metrics(self):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        line.request("GET", "/metrics")
        text = line.getresponse().read().decode()
        line.close()
        return text

    def memory(self):
        """Resident bytes (Linux)."""
        pages = int(Path(f"/proc/{self.child.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def cpu(self):
        """Seconds of processor time so far (Linux)."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Answer:
    """Status, headers (each name once or it shows) and body."""

    def __init__(self, response):
        self.status = response.status
        self.headers = [(name.lower(), value) for name, value in response.getheaders()]
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()

    def all(self, name):
        return [value for found, value in self.headers if found == name.lower()]

    def get(self, name):
        """Its only value; None where it is not there."""
        values = self.all(name)
        assert len(values) < 2, f"{name} twice: {values}"
        return values[0] if values else None

    @property
    def cookies(self):
        pairs = (value.partition(";")[0].partition("=") for value in self.all("set-cookie"))
        return {name: value for name, _sign, value in pairs}


def make_certificate(folder):
    """A certificate for NAME that signs itself, as fullchain.pem with privkey.pem beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    chain = folder / "fullchain.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return chain


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(condition, patience=PATIENCE):
    deadline = time.monotonic() + patience
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)
    return found
