#!/usr/bin/env python3
"""Publishes numbers: post_measurement.py temp=22.5 humidity=50"""

import sys
import time

import requests

from senio_config import SenioConfig

# Worth another try: the server is busy, restarting, or its disk is full for the moment.
PASSING = {429, 502, 503, 504, 507}


def publish(config, data, tags=None, attempts=5):
    """Tries again while the server is busy or out of reach. The timestamp stays, so nothing is stored twice."""
    measurement = {"timestamp": time.time() * 1000, "data": data, "tags": tags}
    wait = 1.0
    for attempt in range(1, attempts + 1):
        try:
            response = requests.post(config.url, headers=config.headers, json=measurement, timeout=30)
            if response.status_code not in PASSING or attempt == attempts:
                return response
            wait = max(wait, float(response.headers.get("Retry-After", 0)))
        except requests.ConnectionError:
            if attempt == attempts:
                raise
        time.sleep(wait)
        wait *= 2


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    settings = SenioConfig()
    values = {name: float(value) for name, value in (pair.split("=", 1) for pair in sys.argv[1:])}
    answer = publish(settings, values)
    print("Status: {}".format(answer.status_code))
    print("Content: {}".format(answer.content))
    sys.exit(0 if answer.status_code == 201 else 1)
