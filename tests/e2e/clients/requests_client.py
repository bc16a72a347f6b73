"""Digest as python3-requests speaks it: argv is user, password, pause, and METHOD URL for each request."""

import sys
import time

import requests
from requests.auth import HTTPDigestAuth

user, password, pause, *calls = sys.argv[1:]
session = requests.Session()
session.trust_env = False
session.auth = HTTPDigestAuth(user, password)
for index in range(0, len(calls), 2):
    if index > 0:
        time.sleep(float(pause))
    method, url = calls[index:index + 2]
    body = "{}" if method == "POST" else None
    answer = session.request(method, url, data=body, headers={"Content-Type": "application/json"}, timeout=20)
    print(answer.status_code)
