"""A mail server's rules for tests (python3-aiosmtpd): every mail goes into one maildir, but for two kinds of address."""

from aiosmtpd.handlers import Mailbox


class Mailboxes(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("inconnu"):
            return "550 5.1.1 No such mailbox"
        if address.startswith("plein"):
            return "452 4.2.2 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"
