#include "services/ctl/session.h"

#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/codec/french_names.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "services/ctl/options.h"

enum { PATH_SIZE = 4096 };

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
        char asked[NEAREST_LETTERS], name[NEAREST_LETTERS], french[NEAREST_LETTERS];
        text_fold(text, asked, sizeof(asked));
        for (unsigned i = 0; i < types__role__descriptor.n_values; i++) {
                const ProtobufCEnumValue *value = &types__role__descriptor.values[i];
                if (value->value == TYPES__ROLE__ROLE_NONE)
                        continue;
                text_fold(value->name, name, sizeof(name));
                text_fold(french_value(&types__role__descriptor, value->value), french, sizeof(french));
                if (strcmp(asked, name) != 0 && strcmp(asked, french) != 0)
                        continue;
                *ret = (Types__Role)value->value;
                return true;
        }
        return false;
}

int role_unknown(const struct verb *verb, const char *text)
{
        char hint[NEAREST_HINT_SIZE], roles[FRENCH_ROLES_SIZE];
        struct nearest nearest = nearest_of(text);
        for (unsigned i = 0; i < types__role__descriptor.n_values; i++)
                nearest_try(&nearest, types__role__descriptor.values[i].name);
        french_roles(UINT32_MAX & ~(1u << TYPES__ROLE__ROLE_NONE), roles);
        if (nearest.name == NULL)
                return misused(verb, "« --as %s » : ce rôle n'existe pas ; les rôles : %s.", text, roles);
        return misused(verb, "« --as %s » : ce rôle n'existe pas%s", text, hint_or_stop(&nearest, hint));
}

int refusal_exit(const Types__Refusal *refusal)
{
        switch (refusal->code) {
        case TYPES__REFUSAL_CODE__NOT_FOUND: return CTL_NOT_FOUND;
        case TYPES__REFUSAL_CODE__UNAVAILABLE: return CTL_UNAVAILABLE;
        default: return CTL_REFUSED;
        }
}

void session_refused(const char *method, const Types__Refusal *refusal)
{
        (void)failed_as(refusal_exit(refusal));
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
                (void)failed_as(CTL_UNAVAILABLE);
                (void)complain("%s : %s", method, info.text);
                return NULL;
        }
        if (answer.refusal != NULL)
                session_refused(method, answer.refusal);
        return answer.body;
}
