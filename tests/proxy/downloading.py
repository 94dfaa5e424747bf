"""Many downloads at once over lines of 2 MB a second, in a process of their own so that nobody else's clock suffers.

`python -m tests.proxy.downloading PORT CERTIFICATE PATH COUNT` prints when all have begun, then a status and a size each.
"""

import http.client
import socket
import ssl
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.proxy.site import HOST

PIECE, PAUSE = 256 * 1024, 0.125


def fetch(port: int, context: ssl.SSLContext, path: str, together: Barrier, reader: str) -> str:
    connection = http.client.HTTPSConnection(HOST, timeout=120)
    plain = socket.create_connection(("127.0.0.1", port), 120)
    connection.sock = context.wrap_socket(plain, server_hostname=HOST)
    connection.request("GET", path, headers={"User-Agent": reader})
    answer, size = connection.getresponse(), 0
    together.wait(120)
    while piece := answer.read(PIECE):
        size += len(piece)
        time.sleep(PAUSE)
    connection.close()
    return f"{answer.status} {size}"


def main(port: str, certificate: str, path: str, count: str) -> None:
    together = Barrier(int(count), action=lambda: print("all have begun", flush=True))
    context = ssl.create_default_context(cafile=certificate)
    with ThreadPoolExecutor(int(count)) as threads:
        running = [
            threads.submit(fetch, int(port), context, path, together, f"reader {number}")
            for number in range(int(count))
        ]
        for one in running:
            print(one.result())


if __name__ == "__main__":
    main(*sys.argv[1:])
