"""Where to publish, and with which key: from the environment, or from senio.ini beside this file."""

import configparser
import os
import pathlib
import sys


class SenioConfig:
    """`url` is the sensor's publish address, `key` its device key."""

    def __init__(self, quiet=False):
        ini = configparser.ConfigParser()
        ini.read(pathlib.Path(__file__).with_name("senio.ini"))
        self.url = os.environ.get("SENIO_PUBLISH_URL") or ini.get("senio", "url", fallback=None)
        self.key = os.environ.get("SENIO_PUBLISH_KEY") or ini.get("senio", "key", fallback=None)
        if not self.url or not self.key:
            sys.exit(
                "Set SENIO_PUBLISH_URL and SENIO_PUBLISH_KEY, or copy senio.ini.example to senio.ini "
                "and fill it in. The web app shows both when you create a sensor."
            )
        if not quiet:
            print("----- CONFIG -----")
            print("url: {}".format(self.url))
            print("key: {}...".format(self.key[:4]))
            print("------------------")

    @property
    def headers(self):
        return {"Authorization": "Bearer {}".format(self.key)}
