#include "services/ctl/role_users.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/require.h"
#include "services/ctl/network_file.h"
#include "services/ctl/options.h"
#include "services/ctl/users.h"

/* The coordination comes first: it consents to the others. `organisation` is where struct role_organisations has it;
 * -1: this role speaks for none. */
static const struct {
        const char *role_name;
        Types__Role role;
        const char *name;
        ptrdiff_t organisation;
} users[] = {
        {"COORDINATOR", TYPES__ROLE__COORDINATOR, "coordination.demo", -1},
        {"FACILITATOR", TYPES__ROLE__FACILITATOR, "facilitatrice.demo", -1},
        {"BUYER", TYPES__ROLE__BUYER, "acheteuse.demo", offsetof(struct role_organisations, buyer)},
        {"COMPANY", TYPES__ROLE__COMPANY, "entreprise.demo", offsetof(struct role_organisations, company)},
        {"STRUCTURE", TYPES__ROLE__STRUCTURE, "structure.demo", offsetof(struct role_organisations, structure)},
        {"PRESCRIBER", TYPES__ROLE__PRESCRIBER, "prescripteur.demo", offsetof(struct role_organisations, prescriber)},
        {"AUDITOR", TYPES__ROLE__AUDITOR, "audit.demo", -1},
        {"OPERATOR", TYPES__ROLE__OPERATOR, "exploitation.demo", -1},
        {"DATA_PROTECTION", TYPES__ROLE__DATA_PROTECTION, "delegue.demo", -1},
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

static void put_token(json_t *tokens, size_t at, const char *token, const char *http)
{
        char url[256];
        json_t *entry = json_object();
        (void)snprintf(url, sizeof(url), "http://%s/#jeton=%s", http, token);
        put_text(entry, "name", users[at].name);
        put_text(entry, "token", token);
        put_text(entry, "url", url);
        require(json_object_set_new(tokens, users[at].role_name, entry) == 0);
}

static const char *token_of(const json_t *tokens, const char *role_name)
{
        return json_string_value(json_object_get(json_object_get(tokens, role_name), "token"));
}

/* One at a time, each kept before the next is made: a load that was cut goes on where it was. */
static bool create(struct session *session, json_t *tokens, const struct role_organisations *organisations,
                   const char *path)
{
        const struct instance *gateway = topology_of_service(session->topology, "gateway", 0);
        session_act(session, TYPES__ROLE__OPERATOR, NULL, "*");
        for (size_t i = 0; i < ARRAY_SIZE(users); i++) {
                bool local = users[i].role == TYPES__ROLE__PRESCRIBER, first = i == 0;
                const char *consent = first ? "" : token_of(tokens, users[0].role_name);
                struct user_token token;
                struct new_user user = {.name = users[i].name,
                                        .role = users[i].role,
                                        .territories = local ? organisations->prescriber_territory : "*"};
                if (users[i].organisation >= 0)
                        user.organisation = (const struct id *)((const char *)organisations + users[i].organisation);
                if (token_of(tokens, users[i].role_name) != NULL)
                        continue;
                if (!user_ensure(session, &user, consent, &token))
                        return false;
                put_token(tokens, i, token.text, gateway->http);
                if (!save(tokens, path))
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

bool role_users_create(struct session *session, const char *directory, const struct role_organisations *organisations)
{
        char path[CTL_PATH_SIZE];
        if (topology_of_service(session->topology, "gateway", 0) ==
            NULL) /* a network without pages needs no accounts */
                return true;
        tokens_path(directory, path);
        json_t *tokens = role_users_exist(directory) ? network_read(path) : json_object();
        if (tokens == NULL)
                return false;
        bool done = create(session, tokens, organisations, path);
        json_decref(tokens);
        return done;
}
