#include "services/gateway/links/links.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "accounts/links.pb-c.h"
#include "common/base/limits.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/path.h"
#include "common/codec/pb.h"
#include "common/codec/token.h"
#include "common/codec/types.h"
#include "common/service/engine.h"
#include "directory/queries.pb-c.h"
#include "services/gateway/links/again.h"
#include "services/gateway/links/ask.h"
#include "services/gateway/links/confirm.h"
#include "services/gateway/links/posted.h"
#include "services/gateway/links/sheet.h"
#include "services/gateway/links/value.h"
#include "services/gateway/visitors/visitors_rows.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD
#define SILENT  "Le service ne répond pas : réessayez dans quelques minutes, avec le même lien."

enum { PASSPORT_MS = 60 * 1000, PAGES_LOOKED_AT = 20 };

struct links {
        struct links_options options;
        struct agains *agains;
};

struct links *links_open(const struct links_options *options)
{
        struct links *links = calloc(1, sizeof(*links));
        require(links != NULL);
        links->options = *options;
        links->agains = agains_new(options->service);
        return links;
}

void links_close(struct links *links)
{
        if (links != NULL)
                agains_free(links->agains);
        free(links);
}

static struct world *world_of(const struct links *links)
{
        return engine_world(service_engine(links->options.service));
}

static int64_t now_ms(const struct links *links)
{
        struct world *world = world_of(links);
        return world->now_ms(world);
}

/* ---- who comes */

/* Security: good for this link's role, organisation and territory alone; what it is asked is this room's to bound. Who
 * acts is told by the link's id, of her nobody knows more. */
static struct slice passport_of_link(const struct links *links, const Gateway__LinkCopy *copy, Types__Role role,
                                     struct arena *arena)
{
        struct service *service = links->options.service;
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = (char[]){"lien par courriel"};
        passport.role = role;
        passport.organisation = role == copy->link->role ? copy->link->organisation_id : NULL;
        passport.territories = &copy->link->territory;
        passport.n_territories = 1;
        passport.account = passport.key = copy->link->link_id;
        passport.signer = arena_text(arena, service_instance(service)->name);
        passport.expires_at_ms = now_ms(links) + PASSPORT_MS;
        if (passport.expires_at_ms > copy->ends->ms)
                passport.expires_at_ms = copy->ends->ms;
        return service_sign_passport(service, &passport, arena);
}

/* Security: a company acts wherever it works, a facilitator in her territories alone: so a link that she made, and may
 * have been shown, opens what she may see in the link's territory, and no more. What operators and daemons make has no
 * such bound: they make accounts, and tell an organisation what happened to its own. */
static bool has_makers_reach(const Accounts__Link *link)
{
        return link->made_by != TYPES__ROLE__OPERATOR && link->made_by != TYPES__ROLE__SERVICE;
}

/* What the token opens, used or not; NULL: nothing. The copy lives in the arena. */
static const Gateway__LinkCopy *find(const struct links *links, const char *token, struct arena *arena)
{
        uint8_t hash[TOKEN_DIGEST_SIZE];
        bool good = token_of_text(token, hash);
        struct txn *txn = service_begin_read(links->options.service);
        const Gateway__LinkCopy *copy = visitors_link_of_hash(txn, slice_of(hash, sizeof(hash)), arena);
        service_end_read(links->options.service, txn);
        /* Security: at its instant, not a moment later. */
        return good && copy != NULL && copy->ends->ms > now_ms(links) ? copy : NULL;
}

static const char *used_text(const struct link_page *page, const char *what, struct arena *arena)
{
        return what[0] == '\0' ? page->done : arena_printf(arena, "%s %s", page->done, what);
}

/* NULL once it has been answered: a link that opens nothing, one that was used. */
static struct held *enter(struct links *links, struct http_request *request, const char *token)
{
        struct arena *arena = http_arena(request);
        const Gateway__LinkCopy *copy = find(links, token, arena);
        const struct link_page *page = copy == NULL ? NULL : link_page(copy->link->purpose);
        const struct link_purpose *purpose = copy == NULL ? NULL : link_purpose(copy->link->purpose);
        if (page == NULL || purpose == NULL) {
                sheet_closed(request);
                return NULL;
        }
        if (copy->used_at != NULL) {
                sheet_used(request, page, used_text(page, copy->used_what, arena), copy->used_at->ms);
                return NULL;
        }
        struct held *held = arena_zalloc(arena, sizeof(*held));
        held->links = links;
        held->request = request;
        held->arena = arena;
        held->address = arena_text(arena, http_path(request));
        held->copy = copy;
        held->purpose = purpose;
        held->page = page;
        held->passport = passport_of_link(links, copy, copy->link->role, arena);
        held->as_maker = has_makers_reach(copy->link);
        if (held->as_maker)
                held->makers_passport = passport_of_link(links, copy, copy->link->made_by, arena);
        held->codes = links->options.codes;
        held->today = local_day(copy->link->territory, now_ms(links));
        return held;
}

/* ---- asking */

static struct id new_id(const struct held *held)
{
        return id_new(world_of(held->links), now_ms(held->links), 0);
}

static void ask(struct held *held, const char *method, void *request, const struct id *key,
                void (*then)(void *argument, const struct link_answer *answer))
{
        struct catalogue_method found;
        const struct links_options *options = &held->links->options;
        require(catalogue_method(method, &found));
        const struct link_question question = {
                .service = options->service,
                .arena = held->arena,
                .method = method,
                .request = request,
                .key = key == NULL ? new_id(held) : *key,
                .passport = held->as_maker ? held->makers_passport : held->passport,
                .timeout_ms = found.is_command ? options->command_timeout_ms : options->query_timeout_ms,
                .then = then,
                .argument = held,
        };
        link_ask(&question);
}

static void check_form(struct held *held);

static void show_or_check(struct held *held)
{
        if (held->form.count == 0)
                sheet_form(held);
        else
                check_form(held);
}

/* ---- a list: the object is sought in it, or one of it is chosen */

/* A page of a list of the link's territory, behind that cursor. */
static ProtobufCMessage *page_of_list(const struct held *held, const char *question, ProtobufCBinaryData after)
{
        struct catalogue_method method;
        Types__Page *page = pb_new(&types__page__descriptor, held->arena);
        require(catalogue_method(question, &method));
        ProtobufCMessage *request = pb_new(method.method->input, held->arena);
        char **territory = value_text(request, "territory");
        ProtobufCMessage **organisation = value_message(request, "organisation_id", &types__id__descriptor);
        page->limit = LIMIT_PAGE_MAX;
        page->after = after;
        *value_message(request, "page", &types__page__descriptor) = &page->base;
        if (territory != NULL)
                *territory = held->copy->link->territory;
        if (organisation != NULL)
                *organisation = &held->copy->link->organisation_id->base;
        return request;
}

static const struct link_list *list_of(const struct link_page *page)
{
        for (size_t i = 0; i < ASKED_MAX && page->asked[i].path != NULL; i++)
                if (page->asked[i].from != NULL)
                        return page->asked[i].from;
        return NULL;
}

static void on_choice(void *argument, const struct link_answer *answer)
{
        struct held *held = argument;
        if (answer->body == NULL) {
                sheet_sorry(held->request, 504, SILENT);
                return;
        }
        held->choice = answer->body;
        show_or_check(held);
}

static void ask_choice(struct held *held)
{
        const struct link_list *list = list_of(held->page);
        if (list == NULL)
                show_or_check(held);
        else
                ask(held, list->question, page_of_list(held, list->question, (ProtobufCBinaryData){0}), NULL,
                    on_choice);
}

/* ---- the object */

static void on_thing(void *argument, const struct link_answer *answer);
static void ask_organisation(struct held *held);

/* True: it may stand on a later page, which is asked for. */
static bool looks_on(struct held *held, const ProtobufCMessage *body)
{
        ProtobufCBinaryData next = value_bytes(body, "next");
        if (held->page->list == NULL || next.len == 0 || ++held->pages >= PAGES_LOOKED_AT)
                return false;
        ask(held, held->page->question, page_of_list(held, held->page->question, next), NULL, on_thing);
        return true;
}

/* What the daemon shows of the object, to this organisation. Not its: the link opens nothing, and says no more. */
static void on_thing(void *argument, const struct link_answer *answer)
{
        struct held *held = argument;
        bool is_away = answer->refusal != NULL && answer->refusal->code == TYPES__REFUSAL_CODE__UNAVAILABLE;
        if (answer->refusal != NULL && !is_away) {
                sheet_closed(held->request);
                return;
        }
        if (answer->body == NULL) {
                sheet_sorry(held->request, 504, SILENT);
                return;
        }
        held->thing = held->page->list == NULL ? answer->body
                                               : value_element(answer->body, held->page->list, held->page->id,
                                                               held->copy->link->object_id);
        if (held->thing == NULL) {
                if (!looks_on(held, answer->body))
                        sheet_closed(held->request);
                return;
        }
        if (held->as_maker) {
                held->as_maker = false;
                held->pages = 0;
                ask_organisation(held);
                return;
        }
        if (held->purpose->seen_at != NULL)
                held->seen = value_number(held->thing, held->purpose->seen_at);
        ask_choice(held);
}

static void ask_thing(struct held *held)
{
        struct catalogue_method method;
        ProtobufCMessage *request;
        require(catalogue_method(held->page->question, &method));
        if (held->page->list != NULL) {
                request = page_of_list(held, held->page->question, (ProtobufCBinaryData){0});
        } else {
                request = pb_new(method.method->input, held->arena);
                *value_message(request, held->page->object, &types__id__descriptor) =
                        &held->copy->link->object_id->base;
        }
        ask(held, held->page->question, request, NULL, on_thing);
}

/* Without a name the page says "your organisation": a directory that is away stops nobody. */
static void on_organisation(void *argument, const struct link_answer *answer)
{
        struct held *held = argument;
        const Directory__OrganisationView *view = (const Directory__OrganisationView *)answer->body;
        if (view != NULL && view->organisation != NULL && view->organisation->name[0] != '\0')
                held->organisation = view->organisation->name;
        ask_thing(held);
}

static void ask_organisation(struct held *held)
{
        Directory__OrganisationById *request = pb_new(&directory__organisation_by_id__descriptor, held->arena);
        request->organisation_id = held->copy->link->organisation_id;
        ask(held, "directory.OrganisationById", request, NULL, on_organisation);
}

static void ask_all(struct held *held)
{
        if (held->as_maker)
                ask_thing(held);
        else
                ask_organisation(held);
}

void links_show(struct links *links, struct http_request *request, const char *token)
{
        struct held *held = enter(links, request, token);
        if (held != NULL)
                ask_all(held);
}

/* ---- what was typed */

static bool wrong_number(struct held *held)
{
        const char *act = held->is_disowning ? ACT_DISOWN : ACT_DO;
        if (confirm_holds(pb_slice(held->copy->hash), act, form_value(&held->form, FORM_NUMBER)))
                return false;
        (void)refuse(&held->wrong, INVALID, FORM_NUMBER,
                     "Le nombre à écrire en chiffres manque ou n'est pas celui de la page.");
        return true;
}

/* Security: what the page does not offer is not done, even where the role may. */
static bool is_offered(const struct held *held, const struct link_asked *asked, const char *typed)
{
        struct catalogue_method method;
        struct id id;
        if (asked->from != NULL && typed[0] != '\0')
                return id_parse(typed, &id) == 0 &&
                       value_element(held->choice, asked->from->list, asked->from->id, id_to(held->arena, id)) != NULL;
        if (asked->choices[0] == 0 || typed[0] == '\0')
                return true;
        require(catalogue_method(held->purpose->method, &method));
        const ProtobufCEnumDescriptor *type = value_field(method.method->input, asked->path)->descriptor;
        const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(type, typed);
        for (size_t i = 0; value != NULL && i < CHOICES_MAX && asked->choices[i] != 0; i++)
                if (asked->choices[i] == value->value)
                        return true;
        return false;
}

static bool lacks_something(struct held *held)
{
        for (size_t i = 0; i < ASKED_MAX && held->page->asked[i].path != NULL; i++) {
                const struct link_asked *asked = &held->page->asked[i];
                const char *typed = form_value(&held->form, asked->path);
                if ((typed[0] != '\0' || !asked->required) && is_offered(held, asked, typed))
                        continue;
                (void)refuse(&held->wrong, INVALID, asked->path, "%s « %.100s ».",
                             asked->choices[0] != 0 || asked->from != NULL ? "Choisissez" : "Remplissez", asked->label);
                return true;
        }
        return false;
}

/* A daemon names the field as JSON spells it; here it is as in proto/. NULL: none of those that are asked. */
static const struct link_asked *asked_at(const struct held *held, const char *field)
{
        for (size_t i = 0; i < ASKED_MAX && held->page->asked[i].path != NULL; i++) {
                char *path = arena_text(held->arena, held->page->asked[i].path);
                path_to_json(path);
                if (strcmp(path, field) == 0 || strcmp(held->page->asked[i].path, field) == 0)
                        return &held->page->asked[i];
        }
        return NULL;
}

static void tell_wrong(struct held *held, const char *field, const char *text)
{
        const struct link_asked *asked = asked_at(held, field);
        (void)refuse(&held->wrong, INVALID, "", "%s", text);
        (void)snprintf(held->wrong.field, sizeof(held->wrong.field), "%s", asked == NULL ? "" : asked->path);
        sheet_form(held);
}

/* What cannot be read is told as somebody writes it, not as machines do. */
static const char *how_to_write(const struct held *held, const struct refusal *refusal)
{
        struct catalogue_method method;
        const struct link_asked *asked = asked_at(held, refusal->field);
        require(catalogue_method(held->purpose->method, &method));
        if (asked == NULL)
                return refusal->text;
        switch (value_kind(value_field(method.method->input, asked->path))) {
        case VALUE_HOURS: return "Écrivez un nombre d'heures, comme 35 ou 17,5.";
        case VALUE_MONEY: return "Écrivez un montant en euros, comme 1250 ou 99,90.";
        case VALUE_DAY: return "Écrivez un jour, comme 2026-11-30.";
        case VALUE_TEXT:
        case VALUE_MONTH:
        case VALUE_INSTANT:
        case VALUE_ENUM:
        case VALUE_OTHER: break;
        }
        return refusal->text;
}

static void drop(json_t **json)
{
        json_decref(*json);
}

/* Security: what the link fixes is not taken from the form, and of the form only what the page asks. */
static bool make_command(struct held *held, struct refusal *ret_refusal)
{
        struct catalogue_method method;
        const Accounts__Link *link = held->copy->link;
        scoped(drop) json_t *json = json_object();
        require(json != NULL && catalogue_method(held->purpose->method, &method));
        for (size_t i = 0; i < ASKED_MAX && held->page->asked[i].path != NULL; i++) {
                const char *path = held->page->asked[i].path, *typed = form_value(&held->form, path);
                if (typed[0] != '\0')
                        value_put(json, method.method->input, path, typed);
        }
        if (held->purpose->seen_at != NULL)
                require(json_object_set_new(json, "seen", json_string(form_value(&held->form, FORM_SEEN))) == 0);
        if (!link_request(held->purpose->method, json, held->arena, &held->command, ret_refusal))
                return false;
        *value_message(held->command, held->purpose->object, &types__id__descriptor) = &link->object_id->base;
        if (held->purpose->month != NULL)
                *value_message(held->command, held->purpose->month, &types__month__descriptor) = &link->month->base;
        return true;
}

/* ---- the act */

static void come_back(void *argument)
{
        const struct held *held = argument;
        sheet_away(held->request, held->address);
}

static void when_known(struct held *held, uint64_t position)
{
        const struct links_options *options = &held->links->options;
        options->when_known(options->argument, position, held->arena, come_back, held);
}

/* What was given, without anybody's own words. */
static char *what_was_given(const struct held *held)
{
        char *said = arena_text(held->arena, "");
        for (size_t i = 0; i < ASKED_MAX && held->page->asked[i].path != NULL; i++) {
                const struct link_asked *asked = &held->page->asked[i];
                const ProtobufCFieldDescriptor *field = value_field(held->command->descriptor, asked->path);
                const char *value = value_kind(field) == VALUE_TEXT
                                            ? NULL
                                            : value_french(held->command, asked->path, NULL, held->arena);
                if (value != NULL)
                        said = arena_printf(held->arena, "%s%s%s : %s", said, said[0] == '\0' ? "" : " ; ",
                                            asked->label, value);
        }
        return said[0] == '\0' ? said : arena_printf(held->arena, "%s.", said);
}

/* It is done, whether accounts heard of it or not: the next who comes with the link is given the same key. */
static void on_noted(void *argument, const struct link_answer *answer)
{
        struct held *held = argument;
        bool by_other = answer->refusal != NULL && answer->refusal->code == TYPES__REFUSAL_CODE__NOT_ALLOWED;
        if (answer->body != NULL || by_other)
                when_known(held, answer->position);
        else
                sheet_used(held->request, held->page, used_text(held->page, what_was_given(held), held->arena),
                           now_ms(held->links));
}

static void note(struct held *held, uint64_t position, char *what)
{
        Accounts__NoteLinkUse *request = pb_new(&accounts__note_link_use__descriptor, held->arena);
        request->position = position;
        request->what = what;
        ask(held, "accounts.NoteLinkUse", request, NULL, on_noted);
}

static void on_act(void *argument, const struct link_answer *answer)
{
        struct held *held = argument;
        if (answer->body != NULL)
                note(held, answer->position, what_was_given(held));
        else if (answer->refusal == NULL)
                sheet_sorry(held->request, 504, SILENT);
        else if (answer->refusal->code == TYPES__REFUSAL_CODE__KEY_REUSED)
                note(held, answer->position, (char[]){"Déjà fait, autrement que ce qui a été envoyé ensuite."});
        else
                tell_wrong(held, answer->refusal->field, answer->refusal->text);
}

static void on_claimed(void *argument, const struct link_answer *answer)
{
        struct held *held = argument;
        const Accounts__ClaimLinkReply *reply = (const Accounts__ClaimLinkReply *)answer->body;
        if (answer->refusal != NULL) { /* used or ended a moment ago: what it is now is shown */
                when_known(held, answer->position);
                return;
        }
        if (reply == NULL) {
                sheet_sorry(held->request, 504, SILENT);
                return;
        }
        struct id key = id_of(reply->act_key);
        ask(held, held->purpose->method, held->command, &key, on_act);
}

static void on_disowned(void *argument, const struct link_answer *answer)
{
        struct held *held = argument;
        if (answer->body != NULL)
                sheet_disowned(held->request);
        else if (answer->refusal != NULL)
                sheet_closed(held->request);
        else
                sheet_sorry(held->request, 504, SILENT);
}

static void check_form(struct held *held)
{
        struct refusal refusal;
        if (wrong_number(held)) {
                sheet_form(held);
                return;
        }
        if (held->is_disowning) {
                ask(held, "accounts.DisownLink", pb_new(&accounts__disown_link__descriptor, held->arena), NULL,
                    on_disowned);
                return;
        }
        if (lacks_something(held)) {
                sheet_form(held);
                return;
        }
        if (!make_command(held, &refusal)) {
                tell_wrong(held, refusal.field, how_to_write(held, &refusal));
                return;
        }
        Accounts__ClaimLink *claim = pb_new(&accounts__claim_link__descriptor, held->arena);
        claim->act_key = id_to(held->arena, new_id(held));
        ask(held, "accounts.ClaimLink", claim, NULL, on_claimed);
}

void links_act(struct links *links, struct http_request *request, const char *token)
{
        struct held *held = enter(links, request, token);
        if (held == NULL)
                return;
        if (!form_of_request(request, &held->form))
                return;
        const char *act = form_value(&held->form, FORM_ACT);
        held->is_disowning = strcmp(act, ACT_DISOWN) == 0;
        if (!held->is_disowning && strcmp(act, ACT_DO) != 0) {
                sheet_sorry(request, 400, "Ce formulaire n'est pas celui de la page : ouvrez de nouveau votre lien.");
                return;
        }
        ask_all(held);
}

void links_ask_again(struct links *links, struct http_request *request)
{
        if (strcmp(http_method(request), "POST") == 0)
                again_ask(links->agains, request);
        else
                again_show(request);
}

bool links_ask_sign_in(struct links *links, struct http_request *request, const char *email)
{
        struct id network = {{0}}; /* of this machine, as far as can be known */
        (void)http_client(request, &network);
        if (!agains_take(links->agains, network, now_ms(links)))
                return false;
        agains_pass_on(links->agains, AGAIN_SIGN_IN, email);
        return true;
}
