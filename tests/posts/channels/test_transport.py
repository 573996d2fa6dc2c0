import socket
import time

import pytest

from posts.channels import transport
from posts.channels.transport import NoAnswer, NotSent, call
from tests.posts.channels.scripted import Handler, scripted_network


@pytest.fixture
def network():
    with scripted_network() as running:
        yield running


def here(network):
    return (network.url.removeprefix("http://"),)


class TestCalling:
    def test_reads_a_whole_answer(self, network):
        answer = call("GET", f"{network.url}/posts?key=k", seconds=2, allowed=here(network))
        assert (answer.status, answer.content["posts"]) == (200, [])

    def test_ends_a_dripping_answer_when_the_whole_time_is_up(self, network):
        network.faults = ["drip"]
        begun = time.monotonic()
        with pytest.raises(NoAnswer):
            call(
                "POST",
                f"{network.url}/posts?key=k",
                seconds=0.4,
                payload={"caption": "x"},
                allowed=here(network),
            )
        assert time.monotonic() - begun < 1

    def test_gives_up_on_an_endless_body(self, network):
        network.faults = ["large"]
        with pytest.raises(NoAnswer, match="larger than"):
            call(
                "POST",
                f"{network.url}/posts?key=k",
                seconds=5,
                payload={"caption": "x"},
                allowed=here(network),
            )

    def test_follows_no_redirect(self, network, monkeypatch):
        def elsewhere(handler):
            handler.send_response(302)
            handler.send_header("Location", f"{network.url}/posts?key=k")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        monkeypatch.setattr(Handler, "do_GET", elsewhere)
        assert call("GET", f"{network.url}/posts?key=k", seconds=2, allowed=here(network)).status == 302

    def test_says_that_nothing_left_when_no_connection_came_about(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        with pytest.raises(NotSent):
            call("GET", f"http://127.0.0.1:{port}/", seconds=2, allowed=(f"127.0.0.1:{port}",))

    def test_keeps_query_and_user_out_of_what_it_says(self, network):
        network.faults = ["lost_answer"]
        with pytest.raises(NoAnswer) as caught:
            call(
                "POST",
                network.url.replace("//", "//user:password@") + "/posts?key=k&token=secret",
                seconds=2,
                payload={},
                allowed=here(network),
            )
        assert "secret" not in str(caught.value)
        assert "password" not in str(caught.value)


class TestTheGuard:
    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "10.0.0.8", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "224.0.0.1"],
    )
    def test_refuses_our_own_network(self, address):
        with pytest.raises(NotSent):
            call("GET", f"http://{address}:9/", seconds=1)

    def test_judges_the_address_and_not_the_name(self, network, monkeypatch):
        asked = []

        def look_up(host, port, seconds):
            asked.append(host)
            return ["127.0.0.1"]

        monkeypatch.setattr(transport, "_look_up", look_up)
        port = network.url.rpartition(":")[2]
        with pytest.raises(NotSent):
            call("GET", f"http://innocent.example:{port}/posts?key=k", seconds=1)
        assert asked == ["innocent.example"]
        assert not network.uploads
