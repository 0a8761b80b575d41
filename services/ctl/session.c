#include "services/ctl/session.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "services/ctl/options.h"

enum { PATH_SIZE = 4096, ROLE_TEXT_MAX = 32 };

bool session_topology(const char *directory, struct topology **ret)
{
        char path[PATH_SIZE];
        struct err_info info = {0};
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        if (topology_load(path, ret, &info) == 0)
                return true;
        (void)complain("%s", info.text);
        return false;
}

bool session_open(const char *directory, uint32_t timeout_ms, struct session *ret)
{
        struct session session = {0};
        struct link_options options = {.peer = "ctl", .timeout_ms = timeout_ms};
        struct err_info info = {0};

        if (!session_topology(directory, &session.topology))
                return false;
        if (link_open(session.topology, &options, &session.link, &info) != 0) {
                (void)complain("%s", info.text);
                session_close(&session);
                return false;
        }
        session_act(&session, TYPES__ROLE__OPERATOR, NULL, "*");
        *ret = session;
        return true;
}

void session_close(struct session *session)
{
        link_close(session->link);
        topology_free(session->topology);
        *session = (struct session){0};
}

void session_act(struct session *session, Types__Role role, const struct id *organisation, const char *territories)
{
        scoped(arena_fini) struct arena arena = {0};
        Wire__Passport passport = WIRE__PASSPORT__INIT;

        passport.user = arena_text(&arena, session->user != NULL ? session->user : "guichetctl");
        passport.role = role;
        if (organisation != NULL)
                passport.organisation = id_to(&arena, *organisation);
        char *rest = arena_text(&arena, territories);
        for (char *code = rest; code != NULL && *code != '\0'; code = rest) {
                rest = strchr(code, ',');
                if (rest != NULL)
                        *rest++ = '\0';
                passport.territories =
                        pb_append(passport.territories, &passport.n_territories, sizeof(*passport.territories), &arena);
                passport.territories[passport.n_territories - 1] = code;
        }
        link_act_as(session->link, &passport);
}

void session_act_as(struct session *session, const struct session_actor *actor)
{
        const char *user = session->user;
        session->user = actor->user;
        session_act(session, actor->role, id_is_zero(actor->organisation) ? NULL : &actor->organisation,
                    actor->territories);
        session->user = user;
}

bool role_parse(const char *text, Types__Role *ret)
{
        char name[ROLE_TEXT_MAX];
        size_t length = strlen(text);
        if (length >= sizeof(name))
                return false;
        for (size_t i = 0; i <= length; i++)
                name[i] = (char)toupper((unsigned char)text[i]);
        const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(&types__role__descriptor, name);
        if (value == NULL || value->value == TYPES__ROLE__ROLE_NONE)
                return false;
        *ret = (Types__Role)value->value;
        return true;
}

void session_refused(const char *method, const Types__Refusal *refusal)
{
        (void)complain("%s refusé%s%s : %s", method, refusal->field[0] != '\0' ? ", " : "", refusal->field,
                       refusal->text);
}

const void *session_call(struct session *session, const char *method, const void *request, const struct id *key,
                         struct arena *arena)
{
        struct answer answer = {0};
        struct err_info info = {0};
        version_seen_any(request);
        if (link_call(session->link, method, request, key, arena, &answer, &info) != 0) {
                (void)complain("%s : %s", method, info.text);
                return NULL;
        }
        if (answer.refusal != NULL)
                session_refused(method, answer.refusal);
        return answer.body;
}
