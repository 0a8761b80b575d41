/* smtp_server.h: a real mail server (python3-aiosmtpd) for tests, and its mails read back by a reader that is not
 * ours. The server listens on a loopback port of its own and keeps what it gets in a maildir. It
 * refuses inconnu…@… for good (550) and plein…@… for now (452), takes what is for perdu…@… but closes the line
 * before it says so, once for each mail, and refuses the second mail for ferme…@… for good (550), no other. */
#ifndef TESTS_LIB_SMTP_SERVER_H
#define TESTS_LIB_SMTP_SERVER_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/send_signal.h"

struct smtp_server {
        pid_t pid; /* 0: not running */
        int port;
        char directory[64];
        char url[64];
};

static inline int smtp_server_bind(int *ret_port)
{
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        socklen_t size = sizeof(address);
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        assert_true(fd >= 0);
        assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
        assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
        *ret_port = ntohs(address.sin_port);
        return fd;
}

static inline bool smtp_server_answers(int port)
{
        struct sockaddr_in address = {
                .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port)};
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        bool answers = connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
        (void)close(fd);
        return answers;
}

/* Takes a port and makes the directory; nobody listens yet. */
static inline void smtp_server_init(struct smtp_server *server)
{
        *server = (struct smtp_server){.directory = "/tmp/guichet-mail-XXXXXX"};
        assert_non_null(mkdtemp(server->directory));
        (void)close(smtp_server_bind(&server->port));
        (void)snprintf(server->url, sizeof(server->url), "smtp://127.0.0.1:%d", server->port);
}

static inline void smtp_server_start(struct smtp_server *server)
{
        char listen[32], maildir[80];
        (void)snprintf(listen, sizeof(listen), "127.0.0.1:%d", server->port);
        (void)snprintf(maildir, sizeof(maildir), "%s/mail", server->directory);
        server->pid = fork();
        assert_true(server->pid >= 0);
        if (server->pid == 0) {
                (void)setenv("PYTHONPATH", "tests/lib", 1);
                (void)setenv("PYTHONDONTWRITEBYTECODE", "1", 1);
                (void)execl("/usr/bin/python3", "python3", "-m", "aiosmtpd", "-n", "-l", listen, "-c",
                            "smtp_mailboxes.Mailboxes", maildir, (char *)NULL);
                _exit(127);
        }
        for (int i = 0; i < 1000; i++) {
                if (smtp_server_answers(server->port))
                        return;
                assert_int_equal(waitpid(server->pid, NULL, WNOHANG), 0); /* it is still there */
                (void)poll(NULL, 0, 10);
        }
        fail_msg("the mail server does not answer after 10 s");
}

static inline void smtp_server_stop(struct smtp_server *server)
{
        if (server->pid == 0)
                return;
        (void)send_signal(server->pid, SIGTERM);
        assert_int_equal(waitpid(server->pid, NULL, 0), server->pid);
        server->pid = 0;
}

static inline void smtp_server_fini(struct smtp_server *server)
{
        char command[128];
        smtp_server_stop(server);
        (void)snprintf(command, sizeof(command), "rm -rf '%s'", server->directory);
        assert_int_equal(system(command), 0);
}

/* All mails, oldest first, as Python's email package reads them: for each its Message-ID, To, From, Subject and text,
 * each on a line of its own (the text as a literal), with every defect that it finds. */
static inline void smtp_server_read(const struct smtp_server *server, char *ret_text, size_t size)
{
        static const char script[] =
                "import sys, mailbox, email, email.policy\n"
                "box = mailbox.Maildir(sys.argv[1], create=True)\n"
                "for key in sorted(box.keys(), key=lambda k: (float(k.split('.')[0]), k)):\n"
                "    m = email.message_from_bytes(box.get_bytes(key), policy=email.policy.default)\n"
                "    defects = m.defects + [d for h in m.values() for d in getattr(h, 'defects', [])]\n"
                "    print('id', m['Message-ID']); print('to', m['To']); print('from', m['From'])\n"
                "    print('rcpt', m['X-RcptTo']); print('date', m['Date']); print('bcc', m['Bcc'])\n"
                "    print('subject', m['Subject']); print('text', repr(m.get_content())); print('defects', defects)\n";
        char command[sizeof(script) + 160];
        (void)snprintf(command, sizeof(command), "PYTHONUTF8=1 /usr/bin/python3 -c \"%s\" '%s/mail'", script,
                       server->directory);
        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        size_t read = fread(ret_text, 1, size - 1, pipe);
        ret_text[read] = '\0';
        assert_int_equal(pclose(pipe), 0);
        assert_true(read < size - 1);
}

static inline size_t smtp_server_count(const char *text, const char *words)
{
        size_t count = 0;
        while ((text = strstr(text, words)) != NULL) {
                count++;
                text += strlen(words);
        }
        return count;
}

#endif
