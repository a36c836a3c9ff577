"""A mail server for tests: takes every letter into a folder, one JSON file each, until its standard input is closed.

An address that begins with "busy" is asked to come again the first time; one that begins with "gone" is refused.
Prints its port first.
"""

import asyncio
import email
import email.policy
import json
import os
import sys

from aiosmtpd.smtp import SMTP


class Keeping:
    def __init__(self, folder):
        self.folder = folder
        self.taken = 0
        self.asked = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 There is nobody of this name"
        if address.startswith("busy") and address not in self.asked:
            self.asked.add(address)
            return "451 4.7.1 Please come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        raw = envelope.original_content
        letter = email.message_from_bytes(raw, policy=email.policy.default)
        kept = {
            "to": envelope.rcpt_tos,
            "headers": {name.lower(): str(value) for name, value in letter.items()},
            "text": letter.get_body(("plain",)).get_content(),
            "html": letter.get_body(("html",)).get_content(),
            "longest": max(len(line) for line in raw.split(b"\r\n")),
            "ascii": raw.isascii(),
        }
        self.taken += 1
        path = os.path.join(self.folder, f"{self.taken:04}.json")
        with open(path + ".part", "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False)
        os.rename(path + ".part", path)
        return "250 Taken"


async def main():
    loop = asyncio.get_running_loop()
    keeping = Keeping(sys.argv[1])
    server = await loop.create_server(lambda: SMTP(keeping, hostname="mail.test"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
