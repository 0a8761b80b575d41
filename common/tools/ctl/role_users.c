#include "common/tools/ctl/role_users.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/tools/ctl/network_file.h"
#include "common/tools/ctl/options.h"
#include "common/tools/ctl/users.h"

/* `organisation` is where struct role_organisations has it; -1: this role speaks for none. */
static const struct {
        const char *role_name;
        Types__Role role;
        const char *name;
        ptrdiff_t organisation;
} users[] = {
        {"FACILITATOR", TYPES__ROLE__FACILITATOR, "facilitatrice.demo", -1},
        {"COORDINATOR", TYPES__ROLE__COORDINATOR, "coordination.demo", -1},
        {"BUYER", TYPES__ROLE__BUYER, "acheteuse.demo", offsetof(struct role_organisations, buyer)},
        {"COMPANY", TYPES__ROLE__COMPANY, "entreprise.demo", offsetof(struct role_organisations, company)},
        {"STRUCTURE", TYPES__ROLE__STRUCTURE, "structure.demo", offsetof(struct role_organisations, structure)},
        {"PRESCRIBER", TYPES__ROLE__PRESCRIBER, "prescripteur.demo", offsetof(struct role_organisations, prescriber)},
        {"AUDITOR", TYPES__ROLE__AUDITOR, "audit.demo", -1},
        {"OPERATOR", TYPES__ROLE__OPERATOR, "exploitation.demo", -1},
};

static bool save(const json_t *tokens, const char *path)
{
        char fresh[CTL_PATH_SIZE + 8];
        (void)snprintf(fresh, sizeof(fresh), "%s.new", path);
        int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
        bool done = fd >= 0 && json_dumpfd(tokens, fd, JSON_INDENT(2)) == 0;
        if (fd >= 0)
                (void)close(fd);
        if (!done || rename(fresh, path) != 0)
                return complain("%s : écriture impossible (%s).", path, strerror(errno)) == 0;
        return true;
}

static void add_missing(json_t *tokens, const char *http)
{
        for (size_t i = 0; i < ARRAY_SIZE(users); i++) {
                char token[TOKEN_TEXT_SIZE];
                char url[256];
                if (json_object_get(tokens, users[i].role_name) != NULL)
                        continue;
                token_draw(token);
                (void)snprintf(url, sizeof(url), "http://%s/#jeton=%s", http, token);
                json_t *entry = json_object();
                put_text(entry, "name", users[i].name);
                put_text(entry, "token", token);
                put_text(entry, "url", url);
                require(json_object_set_new(tokens, users[i].role_name, entry) == 0);
        }
}

static bool create(struct session *session, const json_t *tokens, const struct role_organisations *organisations,
                   int64_t started_ms)
{
        scoped(arena_fini) struct arena arena = {0};
        session_act(session, TYPES__ROLE__OPERATOR, NULL, "*");
        for (size_t i = 0; i < ARRAY_SIZE(users); i++) {
                const char *token =
                        json_string_value(json_object_get(json_object_get(tokens, users[i].role_name), "token"));
                if (token == NULL)
                        return complain("tokens.json : il manque le jeton de %s.", users[i].role_name) == 0;
                /* With the token in the key, a lost tokens.json is refused by the account's name, not as a slip. */
                struct id key =
                        id_derived(started_ms, slice_of_text(arena_printf(&arena, "%s/%s", users[i].name, token)));
                bool local = users[i].role == TYPES__ROLE__PRESCRIBER;
                struct new_user user = {.name = users[i].name,
                                        .role = users[i].role,
                                        .territories = local ? organisations->prescriber_territory : "*",
                                        .key = &key};
                if (users[i].organisation >= 0)
                        user.organisation = (const struct id *)((const char *)organisations + users[i].organisation);
                if (user_create(session, &user, token) == 0)
                        return false;
        }
        return true;
}

static void tokens_path(const char *directory, char ret_path[CTL_PATH_SIZE])
{
        (void)snprintf(ret_path, CTL_PATH_SIZE, "%s/tokens.json", directory);
}

bool role_users_exist(const char *directory)
{
        char path[CTL_PATH_SIZE];
        tokens_path(directory, path);
        return access(path, F_OK) == 0;
}

bool role_users_create(struct session *session, const char *directory, const struct role_organisations *organisations,
                       int64_t started_ms)
{
        char path[CTL_PATH_SIZE];
        const struct instance *gateway = topology_of_service(session->topology, "gateway", 0);
        if (gateway == NULL) /* a network without pages needs no accounts */
                return true;
        tokens_path(directory, path);
        json_t *tokens = role_users_exist(directory) ? network_read(path) : json_object();
        if (tokens == NULL)
                return false;
        add_missing(tokens, gateway->http);
        bool done = save(tokens, path) && create(session, tokens, organisations, started_ms);
        json_decref(tokens);
        return done;
}
