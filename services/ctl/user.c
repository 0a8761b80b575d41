/* user: accounts, through the gateway that owns them. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/local_time.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/terminal.h"
#include "services/ctl/users.h"
#include "accounts/commands.pb-c.h"
#include "accounts/queries.pb-c.h"

enum { NAME_WIDTH = 28, ROLE_WIDTH = 14, ID_WIDTH = 38, END_WIDTH = 12, PAGE_SIZE = 100 };

static void print_token(const struct session *session, const struct user_token *token)
{
        char end[DAY_TEXT_SIZE];
        const struct instance *gateway = topology_of_service(session->topology, "gateway", 0);
        day_format(local_day("", token->ends_ms), end);
        (void)printf("Son jeton, qui vaut jusqu'au %s, ne sera plus montré :\n  %s\n", end, token->text);
        (void)printf("Adresse : http://%s/#jeton=%s\n", gateway->http, token->text);
}

static int add_user(struct session *session, const struct new_user *user)
{
        struct user_token token;
        if (!user_create(session, user, &token))
                return CTL_FAILED;
        (void)printf("Compte « %s » créé.\n", user->name);
        if (user->email != NULL)
                (void)puts("Une invitation part à son adresse, aussitôt ou avec le consentement que son rôle demande.");
        if (token.text[0] != '\0')
                print_token(session, &token);
        else if (user->email == NULL || user->role != TYPES__ROLE__BUYER)
                (void)printf(
                        "Ce rôle voit des personnes : le compte attend le consentement de la coordination, ou d'un "
                        "facilitateur\nde ses territoires, qui le donne sur la page « Comptes » (ou par "
                        "« guichetctl user confirm %s »).\n",
                        user->name);
        sodium_memzero(&token, sizeof(token));
        return CTL_DONE;
}

/* The first line of the file, "-": of standard input. */
static bool read_token(const char *path, char ret_token[TOKEN_TEXT_SIZE])
{
        char line[TOKEN_TEXT_SIZE + 1] = ""; /* and its line end */
        FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
        bool got = file != NULL && fgets(line, sizeof(line), file) != NULL;
        if (file != NULL && file != stdin)
                (void)fclose(file);
        size_t size = strcspn(line, "\n");
        got = got && size < TOKEN_TEXT_SIZE;
        if (got)
                memcpy(ret_token, line, size);
        ret_token[got ? size : 0] = '\0';
        sodium_memzero(line, sizeof(line));
        return got || complain("%s : le jeton de qui consent n'y est pas.", path) == 0;
}

static int confirm(struct session *session, const char *name, const char *consent_path)
{
        char consent[TOKEN_TEXT_SIZE];
        struct user_token token;
        bool done = read_token(consent_path == NULL ? "-" : consent_path, consent) &&
                    user_confirm(session, name, consent, &token);
        sodium_memzero(consent, sizeof(consent));
        if (!done)
                return CTL_FAILED;
        (void)printf("Compte « %s » confirmé.\n", name);
        if (token.text[0] != '\0')
                print_token(session, &token);
        else
                (void)puts("Une invitation part à son adresse.");
        sodium_memzero(&token, sizeof(token));
        return CTL_DONE;
}

static int renew(struct session *session, const char *name, const char *consent_path)
{
        char consent[TOKEN_TEXT_SIZE] = "";
        struct user_token token;
        bool done = (consent_path == NULL || read_token(consent_path, consent)) &&
                    user_renew(session, name, consent, &token);
        sodium_memzero(consent, sizeof(consent));
        if (!done)
                return CTL_FAILED;
        (void)printf("Le jeton d'avant n'ouvre plus rien. ");
        print_token(session, &token);
        sodium_memzero(&token, sizeof(token));
        return CTL_DONE;
}

static int revoke(struct session *session, const char *name)
{
        scoped(arena_fini) struct arena arena = {0};
        Accounts__RevokeUser request = ACCOUNTS__REVOKE_USER__INIT;
        request.name = arena_text(&arena, name);
        if (session_call(session, "accounts.RevokeUser", &request, NULL, &arena) == NULL)
                return CTL_FAILED;
        (void)printf("Compte « %s » révoqué.\n", name);
        return CTL_DONE;
}

static void print_user(const Accounts__UserView *user)
{
        char organisation[ID_TEXT_SIZE] = "–", end[DAY_TEXT_SIZE];
        const ProtobufCEnumValue *role =
                protobuf_c_enum_descriptor_get_value(&types__role__descriptor, (int)user->role);
        if (user->organisation != NULL)
                id_format(id_of(user->organisation), organisation);
        print_cell(user->name, NAME_WIDTH);
        print_cell(role == NULL ? "?" : role->name, ROLE_WIDTH);
        print_cell(organisation, ID_WIDTH);
        day_format(local_day("", user->token_ends == NULL ? 0 : user->token_ends->ms), end);
        print_cell(user->revoked ? "révoqué" : user->awaits_consent ? "en attente" : end, END_WIDTH);
        for (size_t i = 0; i < user->n_territories; i++)
                (void)printf("%s%s", i > 0 ? "," : "", user->territories[i]);
        if (user->confirmed_by_name[0] != '\0')
                (void)printf("  confirmé par %s", user->confirmed_by_name);
        (void)puts(user->first_coordinator ? "  première coordination, sans second consentement" : "");
}

static int list(struct session *session)
{
        scoped(arena_fini) struct arena arena = {0};
        Accounts__UsersRequest request = ACCOUNTS__USERS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = PAGE_SIZE;
        request.page = &page;
        do {
                const Accounts__UsersReply *reply = session_call(session, "accounts.Users", &request, NULL, &arena);
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
        const char *consent = NULL;
        struct id organisation_id;
        struct new_user user = {.territories = "*"};
        uint64_t days = 0;
        const struct option_row rows[] = {{.name = "--dir", .text = &directory},
                                          {.name = "--role", .text = &role},
                                          {.name = "--organisation", .text = &organisation},
                                          {.name = "--consent", .text = &consent},
                                          {.name = "--mail", .text = &user.email},
                                          {.name = "--days", .number = &days, .number_max = 366},
                                          {.name = "--territory", .text = &user.territories}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 2};
        scoped(session_close) struct session session = {0};

        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;
        bool lists = words == 1 && strcmp(argv[0], "list") == 0;
        bool adds = words == 2 && strcmp(argv[0], "add") == 0, revokes = words == 2 && strcmp(argv[0], "revoke") == 0;
        bool confirms = words == 2 && strcmp(argv[0], "confirm") == 0;
        if (!lists && !adds && !confirms && !revokes && !(words == 2 && strcmp(argv[0], "renew") == 0))
                return misused(verb,
                               "il faut « add NOM », « confirm NOM », « renew NOM », « list » ou « revoke NOM ».");
        if (adds && (role == NULL || !role_parse(role, &user.role)))
                return misused(verb, "« --role » dit ce que le compte peut faire.");
        if (organisation != NULL && id_parse(organisation, &organisation_id) != 0)
                return misused(verb, "« --organisation %s » : ce n'est pas un UUID.", organisation);
        user.organisation = organisation != NULL ? &organisation_id : NULL;
        user.token_days = (uint32_t)days;
        user.name = argv[1];
        if (!session_open(directory, 0, &session))
                return CTL_FAILED;
        if (lists)
                return list(&session);
        if (adds || revokes)
                return adds ? add_user(&session, &user) : revoke(&session, argv[1]);
        return confirms ? confirm(&session, argv[1], consent) : renew(&session, argv[1], consent);
}

const struct verb verb_user = {
        .name = "user",
        .summary = "crée, confirme, montre et révoque les comptes",
        .usage = "guichetctl user add NOM --role RÔLE [--organisation UUID] [--territory 31,82] [--days N]\n"
                 "                     [--mail ADRESSE] [--dir run]\n"
                 "guichetctl user confirm NOM [--consent FICHIER] [--dir run]\n"
                 "guichetctl user renew NOM [--consent FICHIER] [--dir run]\n"
                 "guichetctl user list [--dir run]\n"
                 "guichetctl user revoke NOM [--dir run]\n\n"
                 "Un rôle qui voit des personnes (tous, sauf BUYER et OPERATOR) demande un second consentement : le "
                 "compte\n"
                 "attend qu'un compte de la coordination, ou d'un facilitateur de ses territoires, le confirme. "
                 "« confirm »\n"
                 "lit le jeton de qui consent (FICHIER, sinon l'entrée) ; la page « Comptes » fait la même chose. La "
                 "toute\n"
                 "première coordination se passe de consentement, et cela se voit dans la liste.\n"
                 "La passerelle tire les jetons, n'en garde que l'empreinte et les montre une seule fois. Un jeton "
                 "vaut N jours\n"
                 "(à défaut le réglage token_life_days de la passerelle, 180). Un nom ne sert qu'une fois.\n"
                 "Avec --mail, aucun jeton n'est montré : une invitation part à cette adresse, dès que le compte ouvre "
                 "quelque\nchose (accounts.Invite la renvoie).\n"
                 "Rôles : FACILITATOR, COORDINATOR, BUYER, COMPANY, STRUCTURE, PRESCRIBER, AUDITOR, OPERATOR,\n"
                 "DATA_PROTECTION.\n\n"
                 "Exemples :\n"
                 "  guichetctl user add claire.martin --role FACILITATOR --territory 31,82\n"
                 "  guichetctl user confirm claire.martin --consent jeton-de-la-coordination\n"
                 "  guichetctl user revoke claire.martin",
        .run = run_user,
};
