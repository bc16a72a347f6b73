#!/usr/bin/python3
"""Django OAuth Toolkit as the authorisation server of a small API, on a loopback port.

usage: oauth_server.py PORT CLIENT_ID CLIENT_SECRET TOKEN_SECONDS LOG

Who may have a token, what a token is worth and what revoking does is decided by the toolkit alone. The paths are those
of Cloud Manager. LOG gets one line a request: method, path, status.
"""
import json
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

port, client_id, client_secret, seconds, log = sys.argv[1:]

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "oauth2_provider"],
    OAUTH2_PROVIDER={
        "ACCESS_TOKEN_EXPIRE_SECONDS": int(seconds),
        "SCOPES": {"api": "the API"},
    },
    ROOT_URLCONF=__name__,
    SECRET_KEY="of this run only",
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import path, re_path  # noqa: E402
from oauth2_provider.models import get_application_model  # noqa: E402
from oauth2_provider.oauth2_backends import get_oauthlib_core  # noqa: E402
from oauth2_provider.views import RevokeTokenView, TokenView  # noqa: E402


def api(request, rest):
    valid, _ = get_oauthlib_core().verify_request(request, scopes=[])
    if not valid:
        # RFC 6750 section 3.1
        answer = JsonResponse({"error": 401, "detail": "You are not authorized."}, status=401)
        answer["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return answer
    group = {"id": "5ff5a1b2c3d4e5f601234567", "name": "orders", "orgId": "5ff5a1b2c3d4e5f601234568"}
    return JsonResponse({"results": [group], "totalCount": 1, "links": []})


urlpatterns = [
    path("api/oauth/token", TokenView.as_view()),
    path("api/oauth/revoke", RevokeTokenView.as_view()),
    re_path(r"^api/public/(.*)$", api),
]


class Handler(WSGIRequestHandler):
    def log_request(self, code="-", size="-"):
        with open(log, "a", encoding="ascii") as file:
            file.write(f"{self.command} {self.path.split('?')[0]} {code}\n")


call_command("migrate", verbosity=0)
application = get_application_model()
application.objects.create(
    client_id=client_id,
    client_secret=client_secret,
    client_type=application.CLIENT_CONFIDENTIAL,
    authorization_grant_type=application.GRANT_CLIENT_CREDENTIALS,
)
make_server("127.0.0.1", int(port), get_wsgi_application(), handler_class=Handler).serve_forever()
