#include "tests/lib/visitor.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/require.h"
#include "accounts/commands.pb-c.h"

enum { ANSWER_MAX = 9 << 20, HEADERS_MAX = 1024 };

void visited_fini(struct visited *visited)
{
        json_decref(visited->json);
        free(visited->text);
}

int visitor_open_from(uint16_t port, const char *from)
{
        struct sockaddr_in address = {
                .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
        struct sockaddr_in own = {.sin_family = AF_INET};
        const struct timeval patience = {.tv_sec = VISITOR_WAIT_MS / 1000};
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        require(inet_pton(AF_INET, from, &own.sin_addr) == 1);
        require(fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)) == 0 &&
                bind(fd, (struct sockaddr *)&own, sizeof(own)) == 0 &&
                connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0);
        return fd;
}

int visitor_open(uint16_t port)
{
        return visitor_open_from(port, "127.0.0.1");
}

bool visitor_send(int fd, const char *bytes, size_t size)
{
        while (size > 0) {
                ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
                if (sent <= 0)
                        return false;
                bytes += sent;
                size -= (size_t)sent;
        }
        return true;
}

size_t visitor_receive_all(int fd, char *bytes, size_t room)
{
        size_t size = 0;
        for (;;) {
                struct pollfd waiting = {.fd = fd, .events = POLLIN};
                require(poll(&waiting, 1, VISITOR_WAIT_MS) == 1);
                ssize_t got = recv(fd, bytes + size, room - size, 0);
                if (got <= 0)
                        return size;
                size += (size_t)got;
                require(size < room);
        }
}

bool visitor_is_closed(int fd)
{
        char bytes[4096];
        for (;;) {
                struct pollfd waiting = {.fd = fd, .events = POLLIN};
                if (poll(&waiting, 1, VISITOR_WAIT_MS) != 1)
                        return false;
                if (recv(fd, bytes, sizeof(bytes), 0) <= 0)
                        return true;
        }
}

static struct visited visited_of(char *text);

struct visited visitor_receive(int fd)
{
        char *text = malloc(ANSWER_MAX);
        require(text != NULL);
        text[visitor_receive_all(fd, text, ANSWER_MAX - 1)] = '\0';
        return visited_of(text);
}

struct visited visitor_receive_one(int fd)
{
        char *text = calloc(1, ANSWER_MAX);
        size_t size = 0, whole = ANSWER_MAX;
        require(text != NULL);
        while (size < whole) {
                struct pollfd waiting = {.fd = fd, .events = POLLIN};
                require(poll(&waiting, 1, VISITOR_WAIT_MS) == 1);
                ssize_t got = recv(fd, text + size, ANSWER_MAX - 1 - size, 0);
                if (got <= 0)
                        break;
                size += (size_t)got;
                const char *end = strstr(text, "\r\n\r\n"), *length = strstr(text, "Content-Length: ");
                if (end != NULL)
                        whole = (size_t)(end + 4 - text) + (length == NULL ? 0 : strtoul(length + 16, NULL, 10));
        }
        return visited_of(text);
}

static struct visited visited_of(char *text)
{
        struct visited visited = {.text = text};
        if (strncmp(visited.text, "HTTP/1.1 ", 9) == 0)
                visited.status = (int)strtol(visited.text + 9, NULL, 10);
        const char *end = strstr(visited.text, "\r\n\r\n");
        visited.body = end == NULL ? "" : end + 4;
        visited.json = json_loads(visited.body, 0, NULL);
        return visited;
}

struct visited visitor_send_raw(uint16_t port, const char *bytes, size_t size)
{
        int fd = visitor_open(port);
        (void)visitor_send(fd, bytes, size);
        struct visited visited = visitor_receive(fd);
        (void)close(fd);
        return visited;
}

struct visited visitor_ask(uint16_t port, const struct visitor_request *request)
{
        const char *body = request->body == NULL ? "" : request->body;
        const char *headers = request->headers == NULL ? "" : request->headers;
        size_t room = strlen(request->path) + strlen(headers) + strlen(body) + HEADERS_MAX;
        char *text = malloc(room), length[64] = "", token[128] = "";

        require(text != NULL);
        if (request->body != NULL)
                (void)snprintf(length, sizeof(length), "Content-Length: %zu\r\n", strlen(body));
        if (request->token != NULL)
                (void)snprintf(token, sizeof(token), "Authorization: Bearer %s\r\n", request->token);
        int size = snprintf(text, room, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%s%s\r\n%s",
                            request->method, request->path, token, headers, length, body);
        struct visited visited = visitor_send_raw(port, text, (size_t)size);
        free(text);
        return visited;
}

/* The first coordinator that a visitor was: she consents to the accounts of the others. One network at a time. */
static struct {
        const struct network *network;
        char token[VISITOR_TOKEN_SIZE];
} consenting;

static const void *granted(struct network *network, const char *method, const void *command, struct arena *arena)
{
        struct answer answer;
        struct err_info info = {0};
        if (link_call(network_link(network), method, command, NULL, arena, &answer, &info) != 0)
                require_failed(info.text, __FILE__, __LINE__, __func__);
        if (answer.body == NULL)
                require_failed(answer.refusal->text, __FILE__, __LINE__, __func__);
        return answer.body;
}

static const char *create(struct network *network, const struct visitor_account *account, struct arena *arena)
{
        uint8_t organisation[16] = {1};
        Types__Id id = TYPES__ID__INIT;
        char *territory = arena_text(arena, account->territory);
        Accounts__CreateUser command = ACCOUNTS__CREATE_USER__INIT;
        id.value = (ProtobufCBinaryData){.len = sizeof(organisation), .data = organisation};
        command.name = arena_text(arena, account->name);
        command.role = account->role;
        command.organisation = account->of_organisation ? &id : NULL;
        command.territories = &territory;
        command.n_territories = 1;
        return ((const Accounts__CreateUserReply *)granted(network, "accounts.CreateUser", &command, arena))->token;
}

static const char *confirm(struct network *network, const char *name, struct arena *arena)
{
        static const struct visitor_account first = {"premiere.coordination", TYPES__ROLE__COORDINATOR, "*", false};
        char unused[VISITOR_TOKEN_SIZE];
        Accounts__ConfirmUser command = ACCOUNTS__CONFIRM_USER__INIT;
        if (consenting.network != network)
                visitor_create(network, &first, unused);
        command.name = arena_text(arena, name);
        command.consent_token = arena_text(arena, consenting.token);
        return ((const Accounts__TokenReply *)granted(network, "accounts.ConfirmUser", &command, arena))->token;
}

void visitor_create(struct network *network, const struct visitor_account *account, char ret_token[VISITOR_TOKEN_SIZE])
{
        struct arena arena scoped(arena_fini) = {0};
        const char *token = create(network, account, &arena);
        if (token[0] != '\0' && account->role == TYPES__ROLE__COORDINATOR) {
                consenting.network = network;
                (void)snprintf(consenting.token, sizeof(consenting.token), "%s", token);
        }
        if (token[0] == '\0')
                token = confirm(network, account->name, &arena);
        (void)snprintf(ret_token, VISITOR_TOKEN_SIZE, "%s", token);
        network_wait_known(network);
}

const char *visited_text(const struct visited *visited, const char *outer, const char *name)
{
        const json_t *json = outer == NULL ? visited->json : json_object_get(visited->json, outer);
        return json_string_value(json_object_get(json, name));
}
