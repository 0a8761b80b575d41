/* visitor.h: somebody who comes over HTTP, by raw sockets, so that a test can also do what no library would. The port
 * is one of loopback. What cannot be (no connection, an answer that never ends) aborts the test. */
#ifndef TESTS_LIB_VISITOR_H
#define TESTS_LIB_VISITOR_H

#include <jansson.h>

#include "tests/lib/network.h"

enum { VISITOR_WAIT_MS = 60000, VISITOR_TOKEN_SIZE = 64 };

struct visited {
        int status; /* 0: closed without an answer */
        char *text; /* headers and body */
        const char *body;
        json_t *json; /* NULL: the body is none */
};
void visited_fini(struct visited *visited);

int visitor_open(uint16_t port);
int visitor_open_from(uint16_t port, const char *address);    /* "127.0.0.2": a machine of its own, as it were */
bool visitor_send(int fd, const char *bytes, size_t size);    /* false: the other side has had enough */
size_t visitor_receive_all(int fd, char *bytes, size_t room); /* until it closes */
struct visited visitor_receive(int fd);                       /* the same, as an answer */

struct visited visitor_receive_one(int fd); /* one answer on a connection that stays open */
bool visitor_is_closed(int fd);             /* within VISITOR_WAIT_MS; what comes is dropped */

struct visited visitor_send_raw(uint16_t port, const char *bytes, size_t size);

struct visitor_request {
        const char *method;
        const char *path;
        const char *token;   /* NULL: none */
        const char *headers; /* each with its line end; NULL: none */
        const char *body;    /* NULL: none */
};
struct visited visitor_ask(uint16_t port, const struct visitor_request *request);

/* An account of the network's first gateway, with its token. */
struct visitor_account {
        const char *name;
        Types__Role role;
        const char *territory;
        bool of_organisation; /* 01000000-0000-0000-0000-000000000000 */
};
void visitor_create(struct network *network, const struct visitor_account *account, char ret_token[VISITOR_TOKEN_SIZE]);

/* Text members: visited_text(&v, "reply", "needId"); of the whole: visited_text(&v, NULL, "code"). NULL where they are
 * not there. */
const char *visited_text(const struct visited *visited, const char *outer, const char *name);

#endif
