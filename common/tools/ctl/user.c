/* user: accounts, through the gateway that owns them. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/tools/ctl/options.h"
#include "common/tools/ctl/terminal.h"
#include "common/tools/ctl/users.h"
#include "gateway/commands.pb-c.h"
#include "gateway/queries.pb-c.h"

enum { HASH_BYTES = 32, NAME_WIDTH = 28, ROLE_WIDTH = 14, ID_WIDTH = 38, END_WIDTH = 12, PAGE_SIZE = 100 };

void token_draw(char ret_token[TOKEN_TEXT_SIZE])
{
        uint8_t bytes[TOKEN_BYTES];
        randombytes_buf(bytes, sizeof(bytes));
        (void)sodium_bin2base64(ret_token, TOKEN_TEXT_SIZE, bytes, sizeof(bytes),
                                sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        sodium_memzero(bytes, sizeof(bytes));
}

/* As the gateway does it: of the token's bytes, not of their text. */
static void hash_token(const char *token, uint8_t ret_hash[HASH_BYTES])
{
        uint8_t bytes[TOKEN_BYTES];
        size_t size;

        require(sodium_base642bin(bytes, sizeof(bytes), token, strlen(token), NULL, &size, NULL,
                                  sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                size == sizeof(bytes));
        require(crypto_generichash(ret_hash, HASH_BYTES, bytes, sizeof(bytes), NULL, 0) == 0);
        sodium_memzero(bytes, sizeof(bytes));
}

static void split_territories(const char *text, Gateway__CreateUser *request, struct arena *arena)
{
        char *rest = arena_text(arena, text);
        while (rest != NULL && *rest != '\0') {
                char *code = rest;
                rest = strchr(code, ',');
                if (rest != NULL)
                        *rest++ = '\0';
                request->territories =
                        pb_append(request->territories, &request->n_territories, sizeof(*request->territories), arena);
                request->territories[request->n_territories - 1] = code;
        }
}

int64_t user_create(struct session *session, const struct new_user *user, const char *token)
{
        scoped(arena_fini) struct arena arena = {0};
        Gateway__CreateUser request = GATEWAY__CREATE_USER__INIT;
        uint8_t hash[HASH_BYTES];
        hash_token(token, hash);
        request.name = arena_text(&arena, user->name);
        request.role = user->role;
        if (user->organisation != NULL)
                request.organisation = id_to(&arena, *user->organisation);
        split_territories(user->territories, &request, &arena);
        request.token_hash = pb_bytes(slice_of(hash, sizeof(hash)));
        request.token_days = user->token_days;
        const Gateway__CreateUserReply *reply =
                session_call(session, "gateway.CreateUser", &request, user->key, &arena);
        return reply == NULL ? 0 : reply->token_ends->ms;
}

static int add(struct session *session, const struct new_user *user)
{
        char token[TOKEN_TEXT_SIZE];
        char end[DAY_TEXT_SIZE];
        token_draw(token);
        int64_t ends_ms = user_create(session, user, token);
        if (ends_ms == 0)
                return CTL_FAILED;
        day_format(day_of_instant_ms(ends_ms), end);
        const struct instance *gateway = topology_of_service(session->topology, "gateway", 0);
        (void)printf("Compte « %s » créé. Son jeton, qui vaut jusqu'au %s, ne sera plus montré :\n  %s\n", user->name,
                     end, token);
        (void)printf("Adresse : http://%s/#jeton=%s\n", gateway->http, token);
        sodium_memzero(token, sizeof(token));
        return CTL_DONE;
}

static int revoke(struct session *session, const char *name)
{
        scoped(arena_fini) struct arena arena = {0};
        Gateway__RevokeUser request = GATEWAY__REVOKE_USER__INIT;
        request.name = arena_text(&arena, name);
        if (session_call(session, "gateway.RevokeUser", &request, NULL, &arena) == NULL)
                return CTL_FAILED;
        (void)printf("Compte « %s » révoqué.\n", name);
        return CTL_DONE;
}

static void print_user(const Gateway__UserView *user)
{
        char organisation[ID_TEXT_SIZE] = "–", end[DAY_TEXT_SIZE];
        const ProtobufCEnumValue *role =
                protobuf_c_enum_descriptor_get_value(&types__role__descriptor, (int)user->role);
        if (user->organisation != NULL)
                id_format(id_of(user->organisation), organisation);
        print_cell(user->name, NAME_WIDTH);
        print_cell(role == NULL ? "?" : role->name, ROLE_WIDTH);
        print_cell(organisation, ID_WIDTH);
        day_format(day_of_instant_ms(user->token_ends == NULL ? 0 : user->token_ends->ms), end);
        print_cell(user->revoked ? "révoqué" : end, END_WIDTH);
        for (size_t i = 0; i < user->n_territories; i++)
                (void)printf("%s%s", i > 0 ? "," : "", user->territories[i]);
        (void)putchar('\n');
}

static int list(struct session *session)
{
        scoped(arena_fini) struct arena arena = {0};
        Gateway__UsersRequest request = GATEWAY__USERS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = PAGE_SIZE;
        request.page = &page;
        do {
                const Gateway__UsersReply *reply = session_call(session, "gateway.Users", &request, NULL, &arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_users; i++)
                        print_user(reply->users[i]);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

static int run_user(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run";
        const char *role = NULL;
        const char *organisation = NULL;
        struct id organisation_id;
        struct new_user user = {.territories = "*"};
        uint64_t days = 0;
        const struct option_row rows[] = {{.name = "--dir", .text = &directory},
                                          {.name = "--role", .text = &role},
                                          {.name = "--organisation", .text = &organisation},
                                          {.name = "--days", .number = &days, .number_max = 366},
                                          {.name = "--territory", .text = &user.territories}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 2};
        scoped(session_close) struct session session = {0};

        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;
        bool adds = words == 2 && strcmp(argv[0], "add") == 0;
        bool revokes = words == 2 && strcmp(argv[0], "revoke") == 0;
        if (!adds && !revokes && !(words == 1 && strcmp(argv[0], "list") == 0))
                return misused(verb, "il faut « add NOM », « list » ou « revoke NOM ».");
        if (adds && (role == NULL || !role_parse(role, &user.role)))
                return misused(verb, "« --role » dit ce que le compte peut faire.");
        if (organisation != NULL && id_parse(organisation, &organisation_id) != 0)
                return misused(verb, "« --organisation %s » : ce n'est pas un UUID.", organisation);
        user.organisation = organisation != NULL ? &organisation_id : NULL;
        user.token_days = (uint32_t)days;
        user.name = argv[1];
        if (!session_open(directory, 0, &session))
                return CTL_FAILED;
        return adds ? add(&session, &user) : revokes ? revoke(&session, argv[1]) : list(&session);
}

const struct verb verb_user = {
        .name = "user",
        .summary = "crée, montre et révoque les comptes",
        .usage = "guichetctl user add NOM --role RÔLE [--organisation UUID] [--territory 31,82] [--days N]\n"
                 "                     [--dir run]\n"
                 "guichetctl user list [--dir run]\n"
                 "guichetctl user revoke NOM [--dir run]\n\n"
                 "« add » tire un jeton et le montre une seule fois ; la passerelle n'en garde que l'empreinte. Il "
                 "vaut\n"
                 "N jours (à défaut le réglage token_life_days de la passerelle, 180).\n"
                 "Rôles : FACILITATOR, COORDINATOR, BUYER, COMPANY, STRUCTURE, PRESCRIBER, AUDITOR, OPERATOR.\n\n"
                 "Exemples :\n"
                 "  guichetctl user add claire.martin --role FACILITATOR --territory 31,82\n"
                 "  guichetctl user revoke claire.martin",
        .run = run_user,
};
