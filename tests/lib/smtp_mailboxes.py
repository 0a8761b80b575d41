"""A mail server's rules for tests (python3-aiosmtpd): every mail goes into one maildir, but for some kinds of address."""

from aiosmtpd.handlers import Mailbox


class Mailboxes(Mailbox):
    lost = set()  # Message-IDs of mails whose acceptance was not heard
    asked = {}  # how often each address was asked for

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("inconnu"):
            return "550 5.1.1 No such mailbox"
        if address.startswith("plein"):
            return "452 4.2.2 Mailbox full"
        self.asked[address] = self.asked.get(address, 0) + 1
        if address.startswith("ferme") and self.asked[address] == 2:
            return "550 5.2.1 Mailbox closed"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Takes the mail; the first time that it is for perdu…@… it is gone before it says so."""
        answer = await super().handle_DATA(server, session, envelope)
        name = next((line for line in envelope.content.split(b"\r\n") if line.startswith(b"Message-ID:")), b"")
        if envelope.rcpt_tos[0].startswith("perdu") and name not in self.lost:
            self.lost.add(name)
            server.transport.abort()
        return answer
