"""azure-cli: signs in as a service principal, then lists people in both ways."""

import json
import subprocess
import sys
from os import environ

from talk import Refused, perform


def az(*words):
    command = [sys.executable, "-m", "azure.cli", *words, "--output", "json", "--only-show-errors"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refused("az " + words[0], done.stderr.strip())
    return json.loads(done.stdout or "null")


def flow():
    credential = ["--username", environ["AZURE_CLIENT_ID"], "--password", environ["AZURE_CLIENT_SECRET"]]
    tenant = ["--tenant", environ["AZURE_TENANT_ID"], "--allow-no-subscriptions"]
    az("login", "--service-principal", *credential, *tenant)
    az("ad", "user", "list")
    found = az("rest", "--url", "https://graph.microsoft.com/v1.0/users?$top=3")
    return f"{len(found['value'])} people"


perform(flow)
