#!/usr/bin/env python3
"""Publishes one picture: post_image.py PICTURE [FIELD]"""

import json
import sys
import time

import requests

from senio_config import SenioConfig


def post_image(config, path, field="cam1"):
    """Sends the file as a part that is named after the image field, and the time in a part named json."""
    measurement = {"timestamp": time.time() * 1000}
    with open(path, "rb") as picture:
        return requests.post(
            config.url,
            headers=config.headers,
            files={field: picture},
            data={"json": json.dumps(measurement)},
            timeout=60,
        )


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    settings = SenioConfig()
    print("image file: {}".format(sys.argv[1]))
    try:
        response = post_image(settings, *sys.argv[1:3])
    except (OSError, requests.RequestException) as error:
        sys.exit("Not published: {}".format(error))
    print("Status: {}".format(response.status_code))
    print("Content: {}".format(response.content))
    sys.exit(0 if response.status_code == 201 else 1)
