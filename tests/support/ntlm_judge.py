"""An NTLM helper for squid that knows one person and judges NTLMv2 by the password's hash.

  ntlm_judge.py USER NT-HASH-IN-HEX

squid's own ntlm_fake_auth believes every password, and Samba's ntlm_auth needs a domain. The protocol is squid's: a line
"YR [negotiate]" is answered with "TT challenge", a line "KK authenticate" with "AF user" or "NA why".
"""
import base64
import hmac
import os
import struct
import sys

UNICODE, TARGET, NTLM, TARGET_IS_DOMAIN, EXTENDED, TARGET_INFO = 0x1, 0x4, 0x200, 0x10000, 0x80000, 0x800000
DOMAIN = "PROXY".encode("utf-16-le")


def challenge_message(challenge):
    info = struct.pack("<HH", 2, len(DOMAIN)) + DOMAIN + struct.pack("<HH", 0, 0)
    flags = UNICODE | TARGET | NTLM | TARGET_IS_DOMAIN | EXTENDED | TARGET_INFO
    head = struct.pack("<8sIHHII8s8sHHI", b"NTLMSSP\0", 2, len(DOMAIN), len(DOMAIN), 48, flags, challenge, bytes(8),
                       len(info), len(info), 48 + len(DOMAIN))
    return base64.b64encode(head + DOMAIN + info).decode()


def judge(message, challenge, person, nt_hash):
    """Whose message it is; raises where it is nobody's."""
    def field(at):
        length, _, offset = struct.unpack_from("<HHI", message, at)
        return message[offset:offset + length]
    answer, domain, user = field(20), field(28).decode("utf-16-le"), field(36).decode("utf-16-le")
    key = hmac.digest(nt_hash, (user.upper() + domain).encode("utf-16-le"), "md5")
    if user != person or not hmac.compare_digest(hmac.digest(key, challenge + answer[16:], "md5"), answer[:16]):
        raise ValueError("wrong user or password")
    return user


def main():
    person, nt_hash, challenge = sys.argv[1], bytes.fromhex(sys.argv[2]), b""
    for line in sys.stdin:
        order, _, message = line.strip().partition(" ")
        if order == "YR":
            challenge = os.urandom(8)
            print("TT", challenge_message(challenge), flush=True)
            continue
        try:
            print("AF", judge(base64.b64decode(message), challenge, person, nt_hash), flush=True)
        except (ValueError, struct.error) as why:
            print("NA", why, flush=True)


main()
