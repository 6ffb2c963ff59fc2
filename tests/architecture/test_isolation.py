"""The tests themselves: they reach nothing outside this machine and read nothing of whoever runs them."""

import os
import socket

import pytest


@pytest.mark.parametrize("call", ["connect", "connect_ex"])
@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")])
def test_a_test_cannot_reach_the_network(call, family, host):
    with socket.socket(family) as client, pytest.raises(pytest.fail.Exception, match="only loopback"):
        getattr(client, call)((host, 80))


def test_a_test_sees_no_settings_of_whoever_runs_it(tmp_path):
    assert "DATABASE_URL" not in os.environ
    assert os.environ["BEIMWORT_DATA"] == str(tmp_path / "data")
