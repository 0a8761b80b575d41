/* docs/ACCESS.md, cell by cell, through HTTP: a role, a method, a field. The daemons are mirrors (tests/mirror): they
 * take every request and answer whole messages, so each field of each answer is there to be read; the gateway and the
 * accounts are the real ones, and so is what stands in a daemon between its socket and its handlers. Granted fields
 * arrive, all others do not; granted fields are taken, all others refused by their name; who may not ask learns
 * nothing. A method or a field more is tried by standing on the page. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <liboath/oath.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/json.h"
#include "tests/lib/access_page.h"
#include "tests/lib/plausible.h"
#include "tests/lib/visitor.h"
#include "tests/lib/whole.h"

enum { ROLES = 9, PATH_SIZE = 512, SHOWN_MAX = 40 };

static const struct visitor_account accounts[ROLES] = {
        {"facilitatrice", TYPES__ROLE__FACILITATOR, "31", false},
        {"coordination", TYPES__ROLE__COORDINATOR, "31", false},
        {"acheteuse", TYPES__ROLE__BUYER, "31", true},
        {"entreprise", TYPES__ROLE__COMPANY, "31", true},
        {"structure", TYPES__ROLE__STRUCTURE, "31", true},
        {"prescriptrice", TYPES__ROLE__PRESCRIBER, "31", true},
        {"auditrice", TYPES__ROLE__AUDITOR, "31", false},
        {"exploitante", TYPES__ROLE__OPERATOR, "31", false},
        {"deleguee", TYPES__ROLE__DATA_PROTECTION, "31", false},
};

static struct network *network;
static struct day today;
static char bin[64], tokens[ROLES][VISITOR_TOKEN_SIZE];
static struct {
        size_t arrived, absent, taken, refused, wrong;
} cells;

/* What is being tried. */
struct trial {
        const char *method; /* "contracts.Needs" */
        struct catalogue_method of;
        unsigned account;
        uint32_t role; /* its bit */
};

static void wrong(const struct trial *trial, const char *path, const char *what)
{
        if (cells.wrong++ < SHOWN_MAX)
                (void)printf("# %s, %s, %s: %s\n", accounts[trial->account].name, trial->method, path, what);
}

/* ---- asking */

static char *percent_encoded(const char *text)
{
        char *encoded = malloc(3 * strlen(text) + 1), *to = encoded;
        require(encoded != NULL);
        for (; *text != '\0'; text++)
                to += isalnum((unsigned char)*text) ? snprintf(to, 2, "%c", *text)
                                                    : snprintf(to, 4, "%%%02X", (unsigned char)*text);
        *to = '\0';
        return encoded;
}

static struct visited ask(const struct trial *trial, const json_t *request)
{
        bool has_body = catalogue_takes_body(&trial->of);
        char *text = json_dumps(request, JSON_COMPACT), *query = percent_encoded(text);
        size_t room = strlen(query) + PATH_SIZE;
        char *path = malloc(room);
        require(text != NULL && path != NULL);
        (void)snprintf(path, room, "/v1/%s/%s%s%s", trial->of.service->name, trial->of.method->name,
                       has_body ? "" : "?q=", has_body ? "" : query);
        struct visited answer =
                visitor_ask(network_http_port(network, "gateway-1"),
                            &(struct visitor_request){has_body ? "POST" : "GET", path, tokens[trial->account], NULL,
                                                      has_body ? text : NULL});
        free(path);
        free(query);
        free(text);
        return answer;
}

/* ---- requests */

static json_t *first_of(json_t *value)
{
        return json_is_array(value) ? json_array_get(value, 0) : value;
}

/* What stands in `more` and not yet in the request, lists by their first elements. */
static void add_missing(json_t *request, json_t *more)
{
        const char *name;
        json_t *value;
        json_object_foreach (more, name, value) {
                json_t *own = json_object_get(request, name);
                if (own == NULL)
                        require(json_object_set(request, name, value) == 0);
                else if (json_is_object(first_of(own)))
                        add_missing(first_of(own), first_of(value));
        }
}

/* What must be something else than plausible.h draws: the latest version, a cursor of the one partition, a short
 * word. */
static json_t *first_words(const struct trial *trial)
{
        static const char words[] = "{\"seen\": \"18446744073709551615\", \"page\": {\"after\": \"AAEB\"},"
                                    " \"conditions\": {\"drivingLicence\": \"B\"}}";
        json_t *request = json_loads(words, 0, NULL), *value;
        const char *name;
        void *next;
        require(request != NULL);
        json_object_foreach_safe(request, next, name, value) if (json_field(trial->of.method->input, name) ==
                                                                 NULL)(void) json_object_del(request, name);
        return request;
}

/* Every field says something that is plausible, or at least of its type. */
static json_t *full_request(const struct trial *trial, json_t *whole)
{
        enum { DRAWS = 8 };
        json_t *request = first_words(trial);
        for (uint64_t draw = 0; draw < DRAWS; draw++) {
                struct arena arena scoped(arena_fini) = {0};
                struct plausible from = {.seed = draw, .today = today, .whole = true};
                json_t *more = json_of_message(plausible_message(&from, trial->of.method->input, &arena));
                add_missing(request, more);
                json_decref(more);
        }
        json_t *rest = json_deep_copy(whole);
        require(rest != NULL);
        add_missing(request, rest);
        json_decref(rest);
        return request;
}

/* Leaves what the role gives, and counts it. */
static void leave_given(const struct trial *trial, const char *type, json_t *request, const char *outer)
{
        const char *name;
        json_t *said;
        char path[PATH_SIZE];
        json_object_foreach ((json_t *)(uintptr_t)access_page_message(type), name, said) {
                struct page_field field = access_page_field(said);
                json_t *value = json_object_get(request, name);
                (void)snprintf(path, sizeof(path), "%s%s%s", outer, *outer == '\0' ? "" : ".", name);
                if ((field.givers & trial->role) == 0) {
                        (void)json_object_del(request, name);
                        continue;
                }
                cells.taken += value != NULL;
                if (value == NULL)
                        wrong(trial, path, "is given, and not tried");
                for (size_t i = 1; i < json_array_size(value); i++)
                        (void)json_array_remove(value, i--);
                if (field.inside != NULL && value != NULL)
                        leave_given(trial, field.inside, first_of(value), path);
        }
}

static void is_refused(const struct trial *trial, const json_t *request, const char *path)
{
        scoped(visited_fini) struct visited answer = ask(trial, request);
        const char *code = visited_text(&answer, NULL, "code"), *field = visited_text(&answer, NULL, "field");
        if (answer.status != 403 || code == NULL || strcmp(code, "NOT_ALLOWED") != 0 || field == NULL ||
            strcmp(field, path) != 0)
                wrong(trial, path, "not to be given, and not refused by its name");
}

/* What is said and by whom; `at` is the place in the request, `whole` a message that says everything there. */
struct place {
        const char *type;
        json_t *at, *whole;
        const char *path;
};

/* Each field that the role does not give, by itself, in a request that is good else. */
static void refuses_others(const struct trial *trial, const json_t *request, const struct place *place)
{
        const char *name;
        json_t *said;
        char path[PATH_SIZE];
        json_object_foreach ((json_t *)(uintptr_t)access_page_message(place->type), name, said) {
                struct page_field field = access_page_field(said);
                json_t *own = json_object_get(place->at, name), *value = json_object_get(place->whole, name);
                (void)snprintf(path, sizeof(path), "%s%s%s%s", place->path, *place->path == '\0' ? "" : ".", name,
                               json_is_array(value) && (field.givers & trial->role) != 0 ? "[0]" : "");
                if ((field.givers & trial->role) != 0) {
                        struct place inner = {field.inside, first_of(own), first_of(value), path};
                        if (field.inside != NULL && own != NULL)
                                refuses_others(trial, request, &inner);
                        continue;
                }
                cells.refused += 1 + (field.inside == NULL ? 0 : access_page_cells(field.inside));
                require(json_object_set(place->at, name, value) == 0);
                is_refused(trial, request, path);
                (void)json_object_del(place->at, name);
        }
}

/* ---- answers */

static void compare(const struct trial *trial, const char *type, const json_t *reply, const char *outer)
{
        const char *name;
        json_t *said, *value;
        const json_t *message = access_page_message(type);
        char path[PATH_SIZE];
        json_object_foreach ((json_t *)(uintptr_t)message, name, said) {
                struct page_field field = access_page_field(said);
                bool is_granted = (field.readers & trial->role) != 0;
                value = json_object_get(reply, name);
                (void)snprintf(path, sizeof(path), "%s%s%s", outer, *outer == '\0' ? "" : ".", name);
                if (is_granted != (value != NULL))
                        wrong(trial, path, is_granted ? "granted, and does not arrive" : "not granted, and arrives");
                if (is_granted && value != NULL && field.inside != NULL)
                        compare(trial, field.inside, first_of(value), path);
                cells.arrived += is_granted;
                if (!is_granted)
                        cells.absent += 1 + (field.inside == NULL ? 0 : access_page_cells(field.inside));
        }
        json_object_foreach ((json_t *)(uintptr_t)reply, name, value)
                if (json_object_get(message, name) == NULL)
                        wrong(trial, name, "arrives, and the page does not know it");
}

static void may_not_ask(const struct trial *trial, const struct visited *answer)
{
        const char *code = visited_text(answer, NULL, "code");
        if (answer->status != 403 || code == NULL || strcmp(code, "NOT_ALLOWED") != 0 ||
            json_object_get(answer->json, "reply") != NULL)
                wrong(trial, "", "may not ask, and is not refused");
}

static void try_method(const struct trial *trial, const json_t *said)
{
        const char *input = json_string_value(json_object_get(said, "input"));
        const char *output = json_string_value(json_object_get(said, "output"));
        bool may_ask = ((uint32_t)json_integer_value(json_object_get(said, "roles")) & trial->role) != 0;
        struct arena arena scoped(arena_fini) = {0};
        json_t *whole = json_of_message(whole_message(trial->of.method->input, &arena));
        json_t *request = full_request(trial, whole);
        if (may_ask)
                leave_given(trial, input, request, "");
        scoped(visited_fini) struct visited answer = ask(trial, request);
        if (!may_ask) {
                may_not_ask(trial, &answer);
                cells.absent += access_page_cells(output);
                cells.refused += access_page_cells(input);
        } else if (answer.status != 200) {
                wrong(trial, "", answer.body);
        } else {
                compare(trial, output, json_object_get(answer.json, "reply"), "");
                refuses_others(trial, request, &(struct place){input, request, whole, ""});
        }
        json_decref(request);
        json_decref(whole);
}

static void test_every_cell(void **state)
{
        const char *name;
        json_t *said;
        size_t methods = 0;
        (void)state;
        json_object_foreach ((json_t *)(uintptr_t)access_page_methods(), name, said) {
                struct trial trial = {.method = name};
                assert_true(catalogue_method(name, &trial.of));
                methods++;
                if (strcmp(trial.of.service->name, "accounts") == 0)
                        continue; /* no mirror: test_cells_of_accounts */
                for (trial.account = 0; trial.account < ROLES; trial.account++) {
                        trial.role = 1u << (uint32_t)accounts[trial.account].role;
                        try_method(&trial, said);
                }
        }
        (void)printf("# %zu methods, %d roles, %zu cells: of answers %zu arrived, %zu were absent; of requests %zu "
                     "were taken, %zu refused\n",
                     methods, ROLES, cells.arrived + cells.absent + cells.taken + cells.refused, cells.arrived,
                     cells.absent, cells.taken, cells.refused);
        assert_int_equal(cells.wrong, 0);
        assert_true(cells.arrived > 0 && cells.absent > 0 && cells.taken > 0 && cells.refused > 0);
}

/* The catalogue's methods are those of the page. */
static void test_no_method_is_left_out(void **state)
{
        size_t count = 0;
        (void)state;
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++)
                if (strcmp(service->name, "runtime") != 0)
                        count += (service->commands == NULL ? 0 : service->commands->n_methods) +
                                 (service->queries == NULL ? 0 : service->queries->n_methods);
        assert_int_equal(json_object_size(access_page_methods()), count);
}

/* ---- accounts, which let the others in: no mirror can be in their place */

enum { OPERATOR = 7, COORDINATOR = 1, FACILITATOR = 0 };
#define ORGANISATION "\"organisation\":\"01000000-0000-0000-0000-000000000000\",\"territories\":[\"31\"]"
#define SOMEBODY     "01000000-0000-0000-0000-000000000000"

static json_t *shown; /* "role method path": what arrived */

static char *cell_name(const struct trial *trial, const char *path, char ret[PATH_SIZE])
{
        (void)snprintf(ret, PATH_SIZE, "%s %s %s", accounts[trial->account].name, trial->method, path);
        return ret;
}

/* Of each thing of a list, since none has everything. */
static void note_shown(const struct trial *trial, const char *type, json_t *reply, const char *outer)
{
        const char *name;
        json_t *value;
        char path[PATH_SIZE], cell[PATH_SIZE];
        json_object_foreach (reply, name, value) {
                const json_t *said = json_object_get(access_page_message(type), name);
                struct page_field field = access_page_field(said);
                (void)snprintf(path, sizeof(path), "%s%s%s", outer, *outer == '\0' ? "" : ".", name);
                if (said == NULL || (field.readers & trial->role) == 0)
                        wrong(trial, path, "not granted, and arrives");
                require(json_object_set_new(shown, cell_name(trial, path, cell), json_true()) == 0);
                for (size_t i = 0; field.inside != NULL && i < json_array_size(value); i++)
                        note_shown(trial, field.inside, json_array_get(value, i), path);
                if (field.inside != NULL && json_is_object(value))
                        note_shown(trial, field.inside, value, path);
        }
}

/* Asks in an account's name, and keeps what arrives. */
static struct visited ask_accounts(unsigned account, const char *method, const char *request)
{
        struct trial trial = {method, {NULL}, account, 1u << (uint32_t)accounts[account].role};
        json_t *json = json_loads(request, 0, NULL);
        require(catalogue_method(method, &trial.of) && json != NULL);
        struct visited answer = ask(&trial, json);
        const json_t *said = json_object_get(access_page_methods(), method);
        if (answer.status != 200)
                wrong(&trial, request, answer.body);
        note_shown(&trial, json_string_value(json_object_get(said, "output")), json_object_get(answer.json, "reply"),
                   "");
        json_decref(json);
        return answer;
}

static void say_to_accounts(unsigned account, const char *method, const char *request)
{
        struct visited answer = ask_accounts(account, method, request);
        visited_fini(&answer);
}

/* What somebody did with accounts, so that each field of a list has its case. */
static void live_with_accounts(void)
{
        char request[PATH_SIZE];
        say_to_accounts(OPERATOR, "accounts.CreateUser",
                        "{\"name\":\"essai.achat\",\"role\":\"BUYER\"," ORGANISATION "}");
        scoped(visited_fini) struct visited second =
                ask_accounts(OPERATOR, "accounts.AddMembership",
                             "{\"name\":\"essai.achat\",\"role\":\"OPERATOR\",\"territories\":[\"31\"]}");
        (void)snprintf(request, sizeof(request), "{\"membershipId\":\"%s\",\"reason\":\"Parti.\"}",
                       visited_text(&second, "reply", "membershipId"));
        say_to_accounts(OPERATOR, "accounts.EndMembership", request);
        static const char *const waiting[] = {"essai.un", "essai.deux", "essai.trois"};
        for (size_t i = 0; i < ARRAY_SIZE(waiting); i++) {
                (void)snprintf(request, sizeof(request), "{\"name\":\"%s\",\"role\":\"STRUCTURE\"," ORGANISATION "}",
                               waiting[i]);
                say_to_accounts(OPERATOR, "accounts.CreateUser", request);
        }
        say_to_accounts(COORDINATOR, "accounts.ConfirmUser", "{\"name\":\"essai.un\"}");
        say_to_accounts(FACILITATOR, "accounts.ConfirmUser", "{\"name\":\"essai.deux\"}");
        say_to_accounts(OPERATOR, "accounts.RevokeUser", "{\"name\":\"essai.deux\"}");
        say_to_accounts(COORDINATOR, "accounts.RevokeUser", "{\"name\":\"essai.un\"}");
}

/* As a telephone does, and without one. */
static void set_up_second_factor(unsigned account)
{
        char request[PATH_SIZE], code[8], *key = NULL;
        struct world world = world_real();
        size_t size;
        scoped(visited_fini) struct visited begun = ask_accounts(account, "accounts.BeginSecondFactor", "{}");
        const char *secret = visited_text(&begun, "reply", "secret");
        require(secret != NULL && oath_base32_decode(secret, strlen(secret), &key, &size) == OATH_OK);
        require(oath_totp_generate(key, size, world.now_ms(&world) / 1000, 30, 0, 6, code) == OATH_OK);
        free(key);
        (void)snprintf(request, sizeof(request), "{\"code\":\"%s\"}", code);
        scoped(visited_fini) struct visited confirmed = ask_accounts(account, "accounts.ConfirmSecondFactor", request);
        const json_t *spares = json_object_get(json_object_get(confirmed.json, "reply"), "recoveryCodes");
        (void)snprintf(request, sizeof(request), "{\"code\":\"%s\"}", json_string_value(json_array_get(spares, 0)));
        say_to_accounts(account, "accounts.BeginSecondFactor", request);
        say_to_accounts(account, "accounts.BeginSecondFactor", "{\"code\":\"000000\"}");
}

/* A session's key opens the door as a token does; it is told in a cookie alone. */
static void keep_key(unsigned account, const struct visited *answer)
{
        static const char cookie[] = "Set-Cookie: __Host-guichet=";
        const char *at = strstr(answer->text, cookie);
        if (at == NULL)
                fail_msg("%s: no session: %s", accounts[account].name, answer->text);
        at += strlen(cookie);
        (void)snprintf(tokens[account], sizeof(tokens[account]), "%.*s", (int)strcspn(at, ";"), at);
}

static void live_in_session(unsigned account)
{
        char request[PATH_SIZE];
        const uint16_t port = network_http_port(network, "gateway-1");
        scoped(visited_fini) struct visited entered =
                visitor_ask(port, &(struct visitor_request){"POST", "/v1/password", tokens[account], NULL,
                                                            "{\"password\":\"quatre mots sans lien\"}"});
        keep_key(account, &entered);
        scoped(visited_fini) struct visited own = ask_accounts(account, "accounts.OwnAccess", "{}");
        const json_t *roles = json_object_get(json_object_get(own.json, "reply"), "memberships");
        const char *membership = json_string_value(json_object_get(json_array_get(roles, 0), "membershipId"));
        (void)snprintf(request, sizeof(request), "{\"membershipId\":\"%s\"}", membership);
        scoped(visited_fini) struct visited gone_on = ask_accounts(account, "accounts.SwitchMembership", request);
        keep_key(account, &gone_on);
        say_to_accounts(account, "accounts.OwnKeys", "{}");
        say_to_accounts(account, "accounts.SignOut", "{}");
}

/* A link that a mail is to bring, and one that is shown; sent again, and listed. */
static void live_with_links(unsigned account)
{
        static const char *const ways[] = {"true", "false"};
        const uint32_t role = 1u << (uint32_t)accounts[account].role;
        const json_t *said = json_object_get(access_page_methods(), "accounts.MakeLink");
        char request[2 * PATH_SIZE];
        for (size_t i = 0;
             i < ARRAY_SIZE(ways) && (role & (uint32_t)json_integer_value(json_object_get(said, "roles"))) != 0; i++) {
                (void)snprintf(request, sizeof(request),
                               "{\"purpose\":\"LINK_DECLARE_MONTH\",\"role\":\"COMPANY\",\"organisationId\":\"%s\","
                               "\"objectId\":\"%s\",\"month\":\"2026-10\",\"territory\":\"31\",\"byMail\":%s}",
                               SOMEBODY, SOMEBODY, ways[i]);
                scoped(visited_fini) struct visited made = ask_accounts(account, "accounts.MakeLink", request);
                (void)snprintf(request, sizeof(request), "{\"linkId\":\"%s\"}", visited_text(&made, "reply", "linkId"));
                say_to_accounts(account, "accounts.ResendLink", request);
                say_to_accounts(account, "accounts.EndLink", request);
        }
        said = json_object_get(access_page_methods(), "accounts.Links");
        if ((role & (uint32_t)json_integer_value(json_object_get(said, "roles"))) != 0) {
                say_to_accounts(account, "accounts.Links", "{}");
                say_to_accounts(account, "accounts.Links", "{\"page\":{\"limit\":1}}");
        }
}

static void read_accounts(unsigned account)
{
        char request[PATH_SIZE];
        live_with_links(account);
        const json_t *said = json_object_get(access_page_methods(), "accounts.Users");
        uint32_t watch = (uint32_t)json_integer_value(json_object_get(said, "roles"));
        if ((watch & 1u << (uint32_t)accounts[account].role) != 0) {
                say_to_accounts(account, "accounts.Users", "{}");
                say_to_accounts(account, "accounts.Users", "{\"page\":{\"limit\":1}}");
        }
        for (size_t i = 0; i < 2; i++) {
                scoped(visited_fini) struct visited made = ask_accounts(
                        account, "accounts.MakeProgramKey", "{\"label\":\"essai\",\"scopes\":[\"contracts:read\"]}");
                say_to_accounts(account, "accounts.OwnKeys", "{\"page\":{\"limit\":1}}");
                (void)snprintf(request, sizeof(request), "{\"keyId\":\"%s\"}", visited_text(&made, "reply", "keyId"));
        }
        say_to_accounts(account, "accounts.EndKey", request);
        say_to_accounts(account, "accounts.NoteExport", "{\"method\":\"a.B\",\"form\":\"pdf\",\"what\":\"{}\"}");
        said = json_object_get(access_page_methods(), "accounts.Exports");
        watch = (uint32_t)json_integer_value(json_object_get(said, "roles"));
        if ((watch & 1u << (uint32_t)accounts[account].role) != 0)
                say_to_accounts(account, "accounts.Exports", "{\"page\":{\"limit\":1}}");
        say_to_accounts(account, "accounts.OwnAccess", "{}");
        say_to_accounts(account, "accounts.EndOtherSessions", "{}");
        set_up_second_factor(account);
        (void)snprintf(request, sizeof(request), "{\"name\":\"%s\"}", accounts[account].name);
        scoped(visited_fini) struct visited renewed = ask_accounts(account, "accounts.RenewToken", request);
        (void)snprintf(tokens[account], sizeof(tokens[account]), "%s", visited_text(&renewed, "reply", "token"));
        live_in_session(account);
}

static size_t count_shown(const struct trial *trial, const char *type, const char *outer, size_t *ret_missing)
{
        const char *name;
        json_t *said;
        size_t count = 0;
        char path[PATH_SIZE], cell[PATH_SIZE];
        json_object_foreach ((json_t *)(uintptr_t)access_page_message(type), name, said) {
                struct page_field field = access_page_field(said);
                if ((field.readers & trial->role) == 0)
                        continue;
                (void)snprintf(path, sizeof(path), "%s%s%s", outer, *outer == '\0' ? "" : ".", name);
                bool is_shown = json_object_get(shown, cell_name(trial, path, cell)) != NULL;
                count += is_shown;
                *ret_missing += !is_shown;
                if (!is_shown)
                        (void)printf("# granted, and not seen to arrive: %s\n", cell);
                if (field.inside != NULL)
                        count += count_shown(trial, field.inside, path, ret_missing);
        }
        return count;
}

static void test_cells_of_accounts(void **state)
{
        const char *name;
        json_t *said;
        size_t arrived = 0, missing = 0;
        (void)state;
        shown = json_object();
        cells.wrong = 0;
        live_with_accounts();
        json_object_foreach ((json_t *)(uintptr_t)access_page_methods(), name, said) {
                struct trial trial = {.method = name};
                uint32_t roles = (uint32_t)json_integer_value(json_object_get(said, "roles"));
                require(catalogue_method(name, &trial.of));
                for (; strcmp(trial.of.service->name, "accounts") == 0 && trial.account < ROLES; trial.account++) {
                        trial.role = 1u << (uint32_t)accounts[trial.account].role;
                        if ((roles & trial.role) == 0)
                                try_method(&trial, said);
                }
        }
        for (unsigned account = 0; account < ROLES; account++)
                read_accounts(account);
        json_object_foreach ((json_t *)(uintptr_t)access_page_methods(), name, said) {
                struct trial trial = {.method = name};
                uint32_t roles = (uint32_t)json_integer_value(json_object_get(said, "roles"));
                for (; strncmp(name, "accounts.", strlen("accounts.")) == 0 && trial.account < ROLES; trial.account++) {
                        trial.role = 1u << (uint32_t)accounts[trial.account].role;
                        if ((roles & trial.role) != 0)
                                arrived += count_shown(&trial, json_string_value(json_object_get(said, "output")), "",
                                                       &missing);
                }
        }
        (void)printf("# accounts: %zu fields arrived, %zu granted ones were not seen\n", arrived, missing);
        json_decref(shown);
        assert_int_equal(cells.wrong, 0);
        assert_true(arrived > missing);
}

/* ---- no line of the page is idle */

struct reaching {
        json_t *readers, *givers; /* of each message: the roles that come to it, bits */
};

static void reach(json_t *reached, const char *type, uint32_t roles, bool is_read)
{
        const char *name;
        json_t *said, *known = json_object_get(reached, type);
        uint32_t before = (uint32_t)json_integer_value(known);
        if (known != NULL && (before | roles) == before)
                return;
        require(json_object_set_new(reached, type, json_integer((json_int_t)(before | roles))) == 0);
        json_object_foreach ((json_t *)(uintptr_t)access_page_message(type), name, said) {
                struct page_field field = access_page_field(said);
                if (field.inside != NULL)
                        reach(reached, field.inside, roles & (is_read ? field.readers : field.givers), is_read);
        }
}

static void has_use(const char *type, const struct reaching *reached)
{
        const char *name;
        json_t *said;
        uint32_t read = (uint32_t)json_integer_value(json_object_get(reached->readers, type));
        uint32_t given = (uint32_t)json_integer_value(json_object_get(reached->givers, type));
        json_object_foreach ((json_t *)(uintptr_t)access_page_message(type), name, said) {
                struct page_field field = access_page_field(said);
                if ((field.readers & ~read) != 0 || (field.givers & ~given) != 0)
                        fail_msg("%s.%s is granted to roles that never come to it: %x, %x", type, name,
                                 field.readers & ~read, field.givers & ~given);
        }
}

/* A role that a message names comes to it by some method: else the line says more than is true. */
static void test_no_grant_is_idle(void **state)
{
        struct reaching reached = {json_object(), json_object()};
        const char *name;
        json_t *said;
        (void)state;
        json_object_foreach ((json_t *)(uintptr_t)access_page_methods(), name, said) {
                uint32_t roles = (uint32_t)json_integer_value(json_object_get(said, "roles"));
                reach(reached.readers, json_string_value(json_object_get(said, "output")), roles, true);
                reach(reached.givers, json_string_value(json_object_get(said, "input")), roles, false);
        }
        json_object_foreach (reached.readers, name, said)
                has_use(name, &reached);
        json_object_foreach (reached.givers, name, said)
                has_use(name, &reached);
        json_decref(reached.readers);
        json_decref(reached.givers);
}

/* ---- the network: the real gateway and accounts, mirrors for all others */

static void link_program(const char *from, const char *name)
{
        char *target = realpath(from, NULL), path[PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/%s", bin, name);
        if (target == NULL || symlink(target, path) != 0)
                require_failed(path, __FILE__, __LINE__, __func__);
        free(target);
}

static const char *const mirrored[] = {"contracts", "tracking", "directory", "notifications", "reporting"};
static const char *const real[] = {"gateway", "accounts"};

static void make_bin(void)
{
        const char *programs = getenv("GUICHET_BIN");
        char path[PATH_SIZE], name[64];
        if (programs == NULL)
                programs = "build/dev/bin";
        (void)snprintf(bin, sizeof(bin), "/tmp/guichet-mirror-XXXXXX");
        require(mkdtemp(bin) != NULL);
        for (size_t i = 0; i < ARRAY_SIZE(real); i++) {
                (void)snprintf(name, sizeof(name), "guichet-%s", real[i]);
                (void)snprintf(path, sizeof(path), "%s/%s", programs, name);
                link_program(path, name);
        }
        (void)snprintf(path, sizeof(path), "%s/../tests/mirror", programs);
        for (size_t i = 0; i < ARRAY_SIZE(mirrored); i++) {
                (void)snprintf(name, sizeof(name), "guichet-%s", mirrored[i]);
                link_program(path, name);
        }
        require(setenv("GUICHET_BIN", bin, 1) == 0);
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"contracts-1", "contracts", ""},
                {"tracking-1", "tracking", "\"partition\":1,"},
                {"directory-1", "directory", ""},
                {"notifications-1", "notifications", ""},
                {"reporting-1", "reporting", ""},
                {"gateway-1", "gateway",
                 "\"settings\":{\"web\":\"tests/integration/web\",\"requests_per_s\":100000,"
                 "\"requests_at_once\":100000},"},
        };
        (void)state;
        access_page_read();
        struct world world = world_real();
        today = local_day("31", world.now_ms(&world));
        make_bin();
        network = network_start(parts, ARRAY_SIZE(parts));
        for (size_t i = 0; i < ROLES; i++)
                visitor_create(network, &accounts[i], tokens[i]);
        return 0;
}

static int stop(void **state)
{
        char path[PATH_SIZE];
        (void)state;
        network_stop(&network);
        access_page_end();
        for (size_t i = 0; i < ARRAY_SIZE(mirrored); i++) {
                (void)snprintf(path, sizeof(path), "%s/guichet-%s", bin, mirrored[i]);
                (void)unlink(path);
        }
        for (size_t i = 0; i < ARRAY_SIZE(real); i++) {
                (void)snprintf(path, sizeof(path), "%s/guichet-%s", bin, real[i]);
                (void)unlink(path);
        }
        (void)rmdir(bin);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_no_method_is_left_out),
                cmocka_unit_test(test_no_grant_is_idle),
                cmocka_unit_test(test_every_cell),
                cmocka_unit_test(test_cells_of_accounts),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
