#!/usr/bin/env python3
"""
Takes a picture with a Raspberry Pi's camera every ten minutes and publishes it.

pi_camera.py [FIELD] [SECONDS]

Uses rpicam-still (libcamera-still on older systems), which Raspberry Pi OS brings. What could not be sent, because
the network was gone or the server busy, is kept in the queue directory and sent later, oldest first, under the time
at which it was taken.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import time

import requests

from senio_config import SenioConfig

QUEUE = pathlib.Path.home() / "senio-queue"
# Refused for good: the picture or the sensor's settings are wrong, and sending it again can't help.
REFUSED = {400, 413, 415, 422}


def take_picture(path):
    program = shutil.which("rpicam-still") or shutil.which("libcamera-still")
    if program is None:
        sys.exit("There is neither rpicam-still nor libcamera-still: is this a Raspberry Pi with its camera?")
    command = [program, "--nopreview", "--timeout", "2000", "--width", "1640", "--height", "1232"]
    subprocess.run([*command, "--output", str(path)], check=True, timeout=60)


def send(config, path, field):
    """True when it is on the server, or was refused for good."""
    timestamp = int(path.stem)
    with open(path, "rb") as picture:
        response = requests.post(
            config.url,
            headers=config.headers,
            files={field: picture},
            data={"json": json.dumps({"timestamp": timestamp})},
            timeout=60,
        )
    print(path.name, response.status_code, response.text.strip(), flush=True)
    return response.status_code == 201 or response.status_code in REFUSED


def send_queue(config, field):
    for path in sorted(QUEUE.glob("*.jpg")):
        try:
            if not send(config, path, field):
                return
        except requests.RequestException as error:
            print("Later:", error, flush=True)
            return
        path.unlink()


def main():
    config = SenioConfig()
    field = sys.argv[1] if len(sys.argv) > 1 else "cam1"
    every = float(sys.argv[2]) if len(sys.argv) > 2 else 600.0
    QUEUE.mkdir(exist_ok=True)
    while True:
        started = time.time()
        try:
            # Named after its time, and under that name only when it is whole.
            shot = QUEUE / "shot.part"
            take_picture(shot)
            shot.rename(QUEUE / "{}.jpg".format(int(started * 1000)))
        except (OSError, subprocess.SubprocessError) as error:
            print("No picture:", error, flush=True)
        send_queue(config, field)
        time.sleep(max(0.0, every - (time.time() - started)))


if __name__ == "__main__":
    main()
