"""Made-up secrets in the shapes of real ones, each in a text as agents print it; bodies are drawn, none is "
"written out."""

from __future__ import annotations

import random
import string
from base64 import b64encode
from urllib.parse import quote

_draw = random.Random(20251121)
_UPPER, _LOWER, _DIGITS = string.ascii_uppercase, string.ascii_lowercase, string.digits


def _of(alphabet: str, length: int, *needs: str) -> str:
    """Random, with at least one character of each alphabet that is needed, and nothing that begins like a sign."""
    while True:
        word = "".join(_draw.choices(alphabet, k=length))
        if all(set(word) & set(need) for need in needs) and word[0].isalnum() and word[-1].isalnum():
            return word


def alnum(length: int) -> str:
    return _of(_UPPER + _LOWER + _DIGITS, length, _UPPER, _LOWER, _DIGITS)


def url_safe(length: int) -> str:
    return _of(_UPPER + _LOWER + _DIGITS + "-_", length, _UPPER, _LOWER, _DIGITS)


def lower(length: int) -> str:
    return _of(_LOWER + _DIGITS, length, _LOWER, _DIGITS)


def upper(length: int) -> str:
    return _of(_UPPER + "234567", length, _UPPER)


def hexa(length: int) -> str:
    return _of("0123456789abcdef", length, _DIGITS, "abcdef")


def digits(length: int) -> str:
    return _of(_DIGITS, length)


def base64(length: int) -> str:
    return b64encode(_draw.randbytes(length)).decode()


def uuid() -> str:
    return "-".join(hexa(length) for length in (8, 4, 4, 4, 12))


def password() -> str:
    return _of(_UPPER + _LOWER, 4, _UPPER, _LOWER) + digits(2) + "!" + lower(4)


Row = tuple[str, str, str]
"""Name, text, and the part of it that must not be left."""

_rows: list[Row] = []


def _row(name: str, text: str, secret: str) -> None:
    assert secret in text.replace("\n", "") or secret in text, name
    _rows.append((name, text, secret))


def _key(name: str, prefix: str, body: str) -> None:
    """Bare in a sentence, where nothing else tells that it is one."""
    frames = (
        "I found {} in the history.",
        "It is `{}` here.",
        "warning: {} is old",
        "\x1b[32m{}\x1b[0m",
        "**{}**",
        "a\n{}\nb",
        '["{}"]',
    )
    key = prefix + body
    _row(name, frames[len(_rows) % len(frames)].format(key), key)


for _name, _prefix, _body in (
    ("openai project", "sk-" + "proj-", url_safe(120)),
    ("openai old", "sk-", alnum(20) + "T3Blbk" + "FJ" + alnum(20)),
    ("openai service account", "sk-" + "svcacct-", url_safe(60)),
    ("openai admin", "sk-" + "admin-", url_safe(60)),
    ("anthropic", "sk-" + "ant-api03-", url_safe(93) + "AA"),
    ("anthropic admin", "sk-" + "ant-admin01-", url_safe(93) + "AA"),
    ("anthropic oauth", "sk-" + "ant-oat01-", url_safe(86)),
    ("openrouter", "sk-" + "or-v1-", hexa(64)),
    ("deepseek", "sk-", hexa(32)),
    ("google api", "AI" + "za", "Sy" + url_safe(33)),
    ("google oauth secret", "GOC" + "SPX-", url_safe(28)),
    ("google access", "ya29" + ".", "a0" + url_safe(120)),
    ("google refresh", "1/" + "/0", url_safe(80)),
    ("aws key id", "AK" + "IA", upper(16)),
    ("aws temporary id", "AS" + "IA", upper(16)),
    ("github personal", "gh" + "p_", alnum(36)),
    ("github oauth", "gh" + "o_", alnum(36)),
    ("github user", "gh" + "u_", alnum(36)),
    ("github server", "gh" + "s_", alnum(36)),
    ("github refresh", "gh" + "r_", alnum(76)),
    ("github fine-grained", "github_" + "pat_", alnum(22) + "_" + alnum(59)),
    ("gitlab personal", "gl" + "pat-", url_safe(20)),
    ("gitlab deploy", "gl" + "dt-", url_safe(20)),
    ("gitlab runner", "gl" + "rt-", url_safe(20)),
    ("gitlab trigger", "glp" + "tt-", hexa(40)),
    ("bitbucket app", "AT" + "BB", alnum(32)),
    ("atlassian", "AT" + "ATT3", url_safe(180)),
    ("npm", "np" + "m_", alnum(36)),
    ("pypi", "pypi-" + "AgEIcHlwaS5vcmc", url_safe(100)),
    ("crates", "ci" + "o", alnum(32)),
    ("rubygems", "ruby" + "gems_", hexa(48)),
    ("nuget", "oy" + "2", lower(43)),
    ("docker hub", "dckr_" + "pat_", url_safe(27)),
    ("slack bot", "xox" + "b-", f"{digits(12)}-{digits(12)}-{alnum(24)}"),
    ("slack user", "xox" + "p-", f"{digits(12)}-{digits(12)}-{digits(12)}-{hexa(32)}"),
    ("slack app", "xa" + "pp-1-", f"A{alnum(10)}-{digits(13)}-{hexa(64)}"),
    ("slack refresh", "xox" + "e-1-", alnum(140)),
    ("discord bot", "M" + "T", f"{alnum(22)}.G{alnum(5)}.{url_safe(38)}"),
    ("telegram", digits(10) + ":A" + "A", url_safe(33)),
    ("stripe live", "sk_" + "live_", alnum(99)),
    ("stripe test", "sk_" + "test_", alnum(24)),
    ("stripe restricted", "rk_" + "live_", alnum(99)),
    ("stripe webhook", "wh" + "sec_", alnum(32)),
    ("twilio key", "S" + "K", hexa(32)),
    ("sendgrid", "S" + "G.", f"{url_safe(22)}.{url_safe(43)}"),
    ("mailgun", "ke" + "y-", hexa(32)),
    ("mailchimp", "", hexa(32) + "-us" + "21"),
    ("brevo", "xkey" + "sib-", hexa(64) + "-" + alnum(16)),
    ("digitalocean", "dop_" + "v1_", hexa(64)),
    ("heroku new", "HRKU-" + "AA", url_safe(60)),
    ("fly", "fm2" + "_", base64(90)),
    ("vercel", "vc" + "p_", alnum(56)),
    ("netlify", "nf" + "p_", alnum(36)),
    ("supabase access", "sb" + "p_", hexa(40)),
    ("supabase secret", "sb_" + "secret_", url_safe(31)),
    ("planetscale", "pscale_" + "tkn_", url_safe(43)),
    ("planetscale password", "pscale_" + "pw_", url_safe(43)),
    ("sentry org", "sntr" + "ys_", base64(60)),
    ("sentry user", "sntr" + "yu_", hexa(64)),
    ("new relic user", "NR" + "AK-", upper(27)),
    ("new relic license", "", hexa(36) + "NR" + "AL"),
    ("grafana service", "gl" + "sa_", alnum(32) + "_" + hexa(8)),
    ("grafana cloud", "gl" + "c_", base64(60)),
    ("shopify", "shp" + "at_", hexa(32)),
    ("shopify shared", "shp" + "ss_", hexa(32)),
    ("square", "sq0" + "atp-", url_safe(22)),
    ("square secret", "sq0" + "csp-", url_safe(43)),
    ("linear", "lin_" + "api_", alnum(40)),
    ("notion old", "sec" + "ret_", alnum(43)),
    ("notion", "nt" + "n_", digits(11) + alnum(35)),
    ("figma", "fig" + "d_", url_safe(40)),
    ("hugging face", "h" + "f_", _of(_UPPER + _LOWER, 34)),
    ("replicate", "r" + "8_", alnum(37)),
    ("groq", "gs" + "k_", alnum(52)),
    ("xai", "xa" + "i-", alnum(80)),
    ("perplexity", "pp" + "lx-", alnum(48)),
    ("pinecone", "pc" + "sk_", alnum(70)),
    ("langsmith", "lsv2_" + "pt_", hexa(32) + "_" + hexa(10)),
    ("langfuse", "sk-" + "lf-", uuid()),
    ("elevenlabs", "sk" + "_", hexa(48)),
    ("cartesia", "sk_" + "car_", alnum(22)),
    ("nvidia", "nv" + "api-", url_safe(64)),
    ("together", "tgp_" + "v1_", url_safe(43)),
    ("databricks", "da" + "pi", hexa(32)),
    ("doppler", "dp." + "pt.", alnum(43)),
    ("vault", "hv" + "s.", url_safe(90)),
    ("terraform", alnum(14) + ".atlas" + "v1.", url_safe(64)),
    ("pulumi", "pu" + "l-", hexa(40)),
    ("postman", "PM" + "AK-", hexa(24) + "-" + hexa(34)),
    ("sonar", "sq" + "p_", hexa(40)),
    ("circleci", "CCI" + "PAT_", alnum(22) + "_" + hexa(40)),
    ("buildkite", "bk" + "ua_", hexa(40)),
    ("tailscale", "tskey-" + "auth-", alnum(12) + "-" + alnum(32)),
    ("airtable", "pa" + "t", alnum(14) + "." + hexa(64)),
    ("azure client", alnum(3) + "8Q" + "~", alnum(34)),
    ("mapbox", "sk.ey" + "J", f"{alnum(60)}.{url_safe(22)}"),
    ("1password", "ops_ey" + "J", alnum(200)),
    ("razorpay", "rzp_" + "live_", alnum(14)),
    ("resend", "r" + "e_", alnum(8) + "_" + alnum(24)),
    ("age", "AGE-SECRET-" + "KEY-1", _of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)),
    ("nostr", "nse" + "c1", lower(58)),
    ("extended key", "xp" + "rv", alnum(107)),
    ("ethereum", "0" + "x", hexa(64)),
    ("jwt", "ey" + "J", f"hbGciOiJIUzI1NiJ9.eyJ{alnum(40)}.{url_safe(43)}"),
    ("supabase jwt", "ey" + "J", f"hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ{alnum(90)}.{url_safe(43)}"),
    ("url-safe token of our own", "", url_safe(43)),
    ("bcrypt", "$2" + "b$12$", alnum(53)),
    ("sha512 crypt", "$6" + "$", f"{alnum(8)}${alnum(86)}"),
    ("apache md5", "$apr" + "1$", f"{alnum(8)}${alnum(22)}"),
    ("argon2", "$argon2" + "id$", f"v=19$m=65536,t=3,p=4${alnum(22)}${alnum(43)}"),
    ("django", "pbkdf2_sha" + "256$", f"600000${alnum(22)}${base64(32)}"),
):
    _key(_name, _prefix, _body)

for _name, _text, _secret in (
    ("slack webhook", "https://hooks.slack.com/services/{}", f"T{upper(8)}/B{upper(8)}/{alnum(24)}"),
    ("discord webhook", "https://discord.com/api/webhooks/{}", f"{digits(18)}/{url_safe(68)}"),
    ("aws secret ini", "aws_secret_access_key = {}", base64(30)),
    ("aws secret env", "export AWS_SECRET_ACCESS_KEY={}", alnum(40)),
    ("aws session", "AWS_SESSION_TOKEN={}", base64(120)),
    ("aws json", '"SecretAccessKey": "{}",\n"SessionToken": "x"', base64(30)),
    (
        "azure storage",
        "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={};EndpointSuffix=core.windows.net",
        base64(64),
    ),
    (
        "azure sas",
        "https://shop.blob.core.windows.net/c/f?sv=2022-11-02&se=2025-01-01&sr=b&sp=r&sig={}",
        quote(base64(32), safe=""),
    ),
    ("azure bus", "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={}", base64(32)),
    ("azure devops", "AZURE_DEVOPS_EXT_PAT={}", lower(52)),
    ("google json", '{{"type": "service_account", "private_key_id": "{}"}}', hexa(40)),
    ("cloudflare", "CLOUDFLARE_API_TOKEN={}", url_safe(40)),
    ("cloudflare global", "X-Auth-Key: {}", hexa(37)),
    ("heroku", "HEROKU_API_KEY={}", uuid()),
    ("vercel old", "VERCEL_TOKEN={}", alnum(24)),
    ("datadog api", "DD_API_KEY: {}", hexa(32)),
    ("datadog app", "DD-APPLICATION-KEY: {}", hexa(40)),
    ("sentry dsn", "SENTRY_DSN=https://{}@o123.ingest.sentry.io/456", hexa(32)),
    ("sentry dsn old", "dsn: https://" + hexa(32) + ":{}@sentry.example.org/2", hexa(32)),
    ("twilio auth", "TWILIO_AUTH_TOKEN={}", hexa(32)),
    ("cohere", "COHERE_API_KEY={}", alnum(40)),
    ("soniox", "SONIOX_API_KEY={}", hexa(64)),
    ("deepgram", "Authorization: Token {}", hexa(40)),
    ("assemblyai", "authorization: {}", hexa(32)),
    ("elevenlabs header", "xi-api-key: {}", hexa(32)),
    ("bearer", "Authorization: Bearer {}", alnum(20)),
    ("bearer json", '{{"Authorization": "Bearer {}"}}', url_safe(30)),
    ("bearer python", "headers={{'Authorization': f'Bearer {}'}}", alnum(24)),
    ("basic", "Authorization: Basic {}", base64(18)),
    ("digest", 'Authorization: Digest username="ann", response="{}"', hexa(32)),
    (
        "aws signature",
        "Authorization: AWS4-HMAC-SHA256 Credential=x/2025/eu/s3/aws4_request, SignedHeaders=host, Signature={}",
        hexa(64),
    ),
    ("apikey header", "X-Api-Key: {}", alnum(32)),
    ("private token", "PRIVATE-TOKEN: {}", alnum(20)),
    ("vault header", "X-Vault-Token: {}", alnum(26)),
    ("curl header", "curl -H 'X-Api-Key: {}' https://api.example.org", alnum(32)),
    ("curl bearer", 'curl -H "Authorization: Bearer {}" https://api.example.org/v1', alnum(18)),
    ("cookie", "Cookie: theme=dark; sessionid={}; lang=en", lower(32)),
    ("set-cookie", "Set-Cookie: sid={}; Path=/; HttpOnly", alnum(26)),
    ("curl cookie", "curl -b 'session={}' https://example.org", alnum(26)),
    ("http userinfo", "https://deploy:{}@git.example.org/x.git", password()),
    ("token userinfo", "git clone https://{}@git.example.org/x.git", alnum(30)),
    ("postgres", "postgres://shop:{}@db:5432/shop", password()),
    ("postgresql", "connection to postgresql+asyncpg://u:{}@db/x failed", alnum(9)),
    ("mysql", "mysql://root:{}@localhost/shop", alnum(8)),
    ("mongodb", "mongodb+srv://app:{}@cluster0.abcde.mongodb.net/?retryWrites=true", alnum(16)),
    ("redis", "redis://:{}@cache:6379/0", alnum(12)),
    ("rediss", "rediss://default:{}@eu1.upstash.io:6379", alnum(30)),
    ("amqp", "amqp://guest:{}@mq//", alnum(10)),
    ("password with a slash", "postgres://u:{}@db/x", "Ab3/" + alnum(8)),
    ("password with a question mark", "mongodb://u:{}@db/x", "Ab3?" + alnum(8)),
    ("encoded userinfo", "callback=https%3A%2F%2Fann%3A{}%40example.org%2F", alnum(12)),
    ("percent userinfo", "ftp://ann:{}@ftp.example.org", "p%40" + alnum(8)),
    ("go dsn", "root:{}@tcp(127.0.0.1:3306)/shop", alnum(11)),
    ("mssql", "Server=db;Database=shop;User Id=sa;Password={};Encrypt=true", password()),
    ("odbc", "Driver={{ODBC Driver 18}};Server=db;Uid=sa;Pwd={};", alnum(12)),
    ("jdbc", "jdbc:postgresql://db/shop?user=app&password={}", alnum(10)),
    ("jdbc oracle", "jdbc:mysql://db/shop?user=app&password={}&useSSL=false", alnum(10)),
    ("query token", "https://api.example.org/x?access_token={}&page=2", alnum(30)),
    ("query key", "https://maps.example.org/js?key={}", alnum(32)),
    ("query signature", "https://files.example.org/d/r.pdf?sig={}&expires=3600", alnum(22)),
    ("amazon link", "https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature={}", hexa(64)),
    ("ticket", "http://127.0.0.1:7865/#ticket={}", url_safe(32)),
    ("env", "DB_PASSWORD={}", password()),
    ("env word", "DB_PASSWORD={}\nDEBUG=1", "swordfish"),
    ("env quoted", 'SECRET_KEY="{}"', alnum(30)),
    ("django key", "SECRET_KEY = 'django-insecure-{}'", alnum(30)),
    ("rails", "secret_key_base: {}", hexa(128)),
    ("export", "export STRIPE_WEBHOOK_SECRET='{}'", alnum(32)),
    ("fish", "set -x API_TOKEN {}", alnum(24)),
    ("powershell", '$env:API_KEY = "{}"', alnum(24)),
    ("docker arg", "docker run -e POSTGRES_PASSWORD={} postgres:16", lower(9)),
    ("dockerfile", "ENV API_TOKEN={}", alnum(20)),
    ("yaml", "database:\n  user: shop\n  password: {}\n  port: 5432", lower(10)),
    ("yaml word", "database:\n  user: shop\n  password: {}\n", "tangerine"),
    ("yaml quoted", "password: '{}'", "correct-horse"),
    ("json", '{{"user": "ann", "password": "{}"}}', "tr0ub4dor"),
    ("json escaped", '{{\\"password\\": \\"{}\\", \\"a\\": 1}}', alnum(10)),
    ("toml", 'api_key = "{}"', alnum(24)),
    ("ini", "[smtp]\npassword={}\nhost=x", alnum(9)),
    ("properties", "spring.datasource.password={}", alnum(9)),
    ("camel", 'const dbPassword = "{}";', alnum(10)),
    ("object", "{{ clientSecret: '{}', redirect: '/' }}", alnum(32)),
    ("python keyword", 'connect(user="ann", password="{}")', "hunter22"),
    ("ruby hash", "{{ password => '{}' }}", alnum(9)),
    ("go literal", 'Token: "{}",', alnum(24)),
    ("xml", "<password>{}</password>", alnum(10)),
    ("maven", "<server><id>x</id><password>{}</password></server>", password()),
    ("two pieces", 'SECRET_KEY = (\n    "{}"\n    "x"\n)', alnum(24)),
    ("flag", "tool --password {} --verbose", lower(8)),
    ("flag equals", "tool --password={} --verbose", lower(8)),
    ("flag quoted", "tool --api-key '{}'", alnum(20)),
    ("flag token", "vault login --token {}", alnum(26)),
    ("mysql -p", "mysql -u root -p{} shop", alnum(9)),
    ("sshpass", "sshpass -p {} ssh ann@host", alnum(9)),
    ("docker login", "docker login -u ann -p {} registry.example.org", alnum(12)),
    ("redis-cli", "redis-cli -h cache -a {} ping", alnum(12)),
    ("curl -u", "curl -u admin:{} https://ci.example.org", alnum(9)),
    ("curl --user", "curl --user admin:{} https://ci.example.org", alnum(9)),
    ("zip", "unzip -P {} a.zip", alnum(8)),
    ("pgpassword", "PGPASSWORD={} psql -h db", lower(8)),
    ("kubectl literal", "kubectl create secret generic x --from-literal=password={}", alnum(10)),
    ("helm", "helm upgrade x . --set auth.password={}", alnum(10)),
    ("stdin", "echo {} | docker login --password-stdin", alnum(12)),
    ("sudo", "echo '{}' | sudo -S apt update", alnum(9)),
    ("chpasswd", "echo 'ann:{}' | chpasswd", alnum(9)),
    ("sql user", "CREATE USER shop IDENTIFIED BY '{}';", alnum(9)),
    ("sql role", "ALTER ROLE shop WITH PASSWORD '{}';", alnum(9)),
    ("netrc", "machine git.example.org login ann password {}", alnum(10)),
    ("netrc lines", "machine git.example.org\n  login ann\n  password {}\n", alnum(10)),
    ("pgpass", "db.example.org:5432:shop:ann:{}", alnum(10)),
    ("htpasswd", "htpasswd -bc .htpasswd ann {}", alnum(9)),
    ("npmrc", "//registry.npmjs.org/:_authToken={}", uuid()),
    ("npmrc basic", "//npm.example.org/:_password={}", base64(15)),
    ("pip conf", "index-url = https://ann:{}@pypi.example.org/simple", alnum(14)),
    ("docker config", '{{"auths": {{"r.example.org": {{"auth": "{}"}}}}}}', base64(18)),
    ("kubeconfig", "    client-key-data: {}", base64(120)),
    ("kube token", "  user:\n    token: {}", alnum(40)),
    ("k8s secret", "apiVersion: v1\nkind: Secret\ndata:\n  colour: {}\n", base64(12)),
    ("k8s string data", "kind: Secret\nmetadata:\n  name: x\nstringData:\n  url: {}\n", "plainwords"),
    ("k8s json", '{{"kind": "Secret", "data": {{"colour": "{}"}}}}', base64(12)),
    ("wireguard", "[Interface]\nPrivateKey = {}\n", base64(32)),
    ("jwk", '{{"kty": "EC", "crv": "P-256", "d": "{}"}}', url_safe(43)),
    ("prose is", "The password is {} and it expires tomorrow.", alnum(9)),
    ("prose quoted", "Its password is: `{}`.", "swordfish"),
    ("prose new", "The new token was set to `{}`.", alnum(16)),
    ("prose blank", "I logged in with password {} as admin.", alnum(10)),
    ("prose far", "Your API key for the map service is {}.", alnum(20)),
    ("prose near", "Revoke the token we used yesterday {} please.", alnum(24)),
    ("prose hex", "the webhook secret {} is wrong", hexa(32)),
    ("prose bold", "**Password:** `{}`", alnum(10)),
    ("prose list", "- Username: ann\n- Password: {}\n", alnum(10)),
    ("table cell", "| user | password |\n|---|---|\n| ann | password: {} |", alnum(10)),
    ("spanish", "La contraseña del servidor es `{}`.", "Cl4ve-inventada-88"),
    ("spanish bare", "La contraseña es {} y caduca.", alnum(10)),
    ("credentials", "credentials: admin/{}", alnum(10)),
    ("passphrase", 'passphrase = "{}"', "correct horse battery staple"),
    ("mnemonic", "mnemonic: {}", "ripple scissors kick mammal hire column oak again sun offer wealth tomorrow"),
    ("seed phrase", "Your seed phrase is: {}.", " ".join(["legal winner thank year wave sausage"] * 4)),
    ("wrapped env", "AWS_SECRET_ACCESS_KEY=\\\n  {}", alnum(40)),
    ("folded yaml", "token:\n  {}\n", alnum(40)),
):
    _row(_name, _text.format(_secret), _secret)


def _block(kind: str, lines: int, width: int = 64) -> str:
    body = "\n".join(base64(width // 4 * 3) for _ in range(lines))
    return f"-----BEGIN {kind}-----\n{body}\n-----END {kind}-----"


BLOCKS = tuple(
    _block(f"{kind}PRIVATE " + "KEY" + tail, lines)
    for kind, tail, lines in (
        ("", "", 26),
        ("RSA ", "", 49),
        ("EC ", "", 3),
        ("OPENSSH ", "", 7),
        ("ENCRYPTED ", "", 28),
        ("DSA ", "", 10),
        ("PGP ", " BLOCK", 60),
    )
)
SECRETS = tuple(_rows)
