"""Texts that speak of secrets, or look a little like one, and hold none."""

from __future__ import annotations

INNOCENT: tuple[str, ...] = (
    *r"""
The password is wrong.
the password is required
Password: required
Wrong password.
password: string
password: str | None = None
The token limit of 4096 was reached.
max_tokens: 4096
max_tokens=4096, temperature=0.2
token_limit = 128000
tokens: 1532 in, 220 out
the api_key parameter is optional
`api_key` is read from the environment
set PASSWORD in .env
Set `PASSWORD` in `.env` first.
export API_KEY=$OTHER_KEY
API_KEY=${API_KEY:?missing}
password = os.environ['DB_PASSWORD']
password: ${DB_PASSWORD}
token: {{ secrets.TOKEN }}
password = getpass.getpass()
token = next_token()
secret = load_secret(name)
self.password = password
login(user, password=password)
const token = await getToken();
const { token } = req.headers;
if (!password) throw new Error('Password missing')
process.env.API_KEY
api_key=settings.api_key
api_key: config.apiKey
def check(password: str) -> bool:
password: SecretStr
token: JsonToken
public token: string;
password = models.CharField(max_length=128)
<input type="password" name="password">
PasswordInput and TokenStore are new
class TokenBucket:
The secret is that there is none.
It's a secret to everybody.
The key is to read the error first.
the key is missing
key: value
primary_key=True
primary key: id
foreign_key = 'user_id'
cache_key = f'user:{id}'
sort key: created_at
keyboard shortcut: ctrl+shift+p
the keys are a, b and c
commit 3f786850e387550fdab836ed7e6dc881de23001b
3f78685 fix token refresh
Merge 3f786850e387550fdab836ed7e6dc881de23001b into main
fixed in a1b2c3d4e5f6
id 550e8400-e29b-41d4-a716-446655440000
request-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
"integrity": "sha512-9DQ8J0hyPvkzN1rQGEXcVw0zPg5Jz4z0kOXgO1Y4m8Q1h7b5vN3d2s1a0Zx9YwVuTsRqPoNmLkJiHgFeDcBa3w=="
etag: W/"5e8f-17a2b3c4d5e"
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKkQ0x3zP8r5mWn7YbVtUoLqEjHgFdSaXcZvBnMiOpQw ann@host
-----BEGIN CERTIFICATE-----
-----BEGIN PUBLIC KEY-----
the PRIVATE KEY header is missing
version 2.13.0-rc.1+build.5
v1.2.3
python 3.11.7 (main, Nov 21 2025)
node v22.11.0
secret: 1.2.3
token 2024-11-03
aGVsbG8=
dGVzdA==
SGVsbG8gd29ybGQ=
the base64 of hello is aGVsbG8=
assert decode('Zm9vYmFy') == 'foobar'
utf8_general_ci
src/app/auth/password_reset.py
tests/test_tokens.py::test_token_expires PASSED
password_reset_token_generator
config/secrets.yml
secret: /run/secrets/db_password
private_key: /etc/ssl/private/site.pem
secretName: shop-tls
The secret `shop-db` has two keys, `password` and `username`.
imagePullSecrets:
The token is expired.
The token is valid until 2025-12-01.
The API key is read from config.yml.
the password was changed yesterday
the password must have 12 characters
password has been reset
Password: Enter your password
token: expired
API key missing
invalid api key
401 Unauthorized: invalid token
bearer of bad news
basic understanding of it
Bearer authentication is used
Authorization header missing
Authorization: Bearer <token>
Authorization: Bearer $TOKEN
cookie consent banner
Set-Cookie is not sent
https://example.org/a:b/c@d
mail ann@example.org
git@github.com:ann/shop.git
ssh://git@github.com/ann/shop.git
http://localhost:8080/x?page=2&sort=name
https://example.org/?key=value
https://example.org/issues?q=is%3Aopen+token
postgres://localhost:5432/shop
redis://cache:6379/0
docker run -p 8080:80 nginx
mkdir -p src/app
cp -p a b
grep -u pattern file
curl -u
ssh -p 2222 host
ps -u root
chown -R user:group dir
git config --global user.name
I changed sk-learn-compatible-estimator in task-list-of-yesterday.
risk-assessment-of-2024-q3-report
ghost in the shell
hf_hub_download and hf_transfer
npm_config_registry
npm_package_version
pypi-server-of-the-team
the glpat- prefix
AKIA is how it begins
SKU 12345
xoxo
HTTPServer2Factory
getElementsByClassName
AbstractSingletonProxyFactoryBean
test_parse_http2_frames_v3
e2e_tests_run_in_ci_20251121
README_v2_final.md
the seed is 42
seed data was loaded into the table again
backup of the wallet module and other parts that were there since last year
src/x.py:10:5: E501 line too long
10:32:17 INFO ready
a:1:b
PASSED [ 50%]
passing 12 of 12
pass
passed=12 failed=0
compass: north
bypass=yes
clave primaria: id
palabras clave: una, dos
la clave es leer el error
the pin layout
pin: latest
author: ann
authentication = oauth2
signature mismatch
signature: (a: int) -> str
session expired
access key id
license: MIT
credential helper
credentials are stored in the keychain
[redacted]
password=[redacted]
token: <your token>
API_KEY=your-api-key-here
password: ********
password=xxxxxxxx
""".strip().split("\n"),
    "kind: ConfigMap\ndata:\n  colour: blue\n",
)
