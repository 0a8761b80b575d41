#include "services/gateway/links/again.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "accounts/mail.pb-c.h"
#include "common/base/mail_address.h"
#include "common/base/require.h"
#include "common/clients/speak.h"
#include "common/service/engine.h"
#include "notifications/commands.pb-c.h"
#include "services/gateway/links/posted.h"
#include "services/gateway/links/sheet.h"

enum { AT_ONCE = 16, SOURCES = 256, ADDRESS_SIZE = 256 };

/* Networks of the same place push each other out, and begin anew. */
struct source {
        struct id network;
        int64_t since_ms;
        unsigned count;
};
/* One that somebody is asked about. */
struct passing {
        struct speak speak;
        char email[ADDRESS_SIZE];
        bool is_busy;
};
struct agains {
        struct service *service;
        struct source sources[SOURCES];
        struct passing passing[AT_ONCE];
};

struct agains *agains_new(struct service *service)
{
        struct agains *agains = calloc(1, sizeof(*agains));
        require(agains != NULL);
        agains->service = service;
        return agains;
}

void agains_free(struct agains *agains)
{
        if (agains != NULL)
                sodium_memzero(agains->passing, sizeof(agains->passing));
        free(agains);
}

bool agains_take(struct agains *agains, struct id network, int64_t now_ms)
{
        struct source *source = &agains->sources[network.b[sizeof(network.b) - 1] % SOURCES];
        bool is_new = !id_equal(source->network, network) || now_ms - source->since_ms >= AGAIN_WINDOW_MS ||
                      now_ms < source->since_ms;
        if (is_new)
                *source = (struct source){network, now_ms, 0};
        return source->count < AGAIN_OF_SOURCE && ++source->count > 0;
}

static void on_answer(void *argument, const struct speak_answer *answer)
{
        struct passing *passing = argument;
        (void)answer; /* the page has answered long ago */
        sodium_memzero(passing->email, sizeof(passing->email));
        passing->is_busy = false;
}

/* What is asked, and of whom. */
struct wish {
        const char *service, *method;
        Notifications__ResendLinks links;
        Accounts__AskSignInLink sign_in;
        const ProtobufCMessage *request;
};

static void make_wish(enum again_what what, char *email, struct wish *ret)
{
        notifications__resend_links__init(&ret->links);
        accounts__ask_sign_in_link__init(&ret->sign_in);
        ret->links.email = ret->sign_in.email = email;
        ret->service = what == AGAIN_LINKS ? "notifications" : "accounts";
        ret->method = what == AGAIN_LINKS ? "notifications.ResendLinks" : "accounts.AskSignInLink";
        ret->request = what == AGAIN_LINKS ? &ret->links.base : &ret->sign_in.base;
}

void agains_pass_on(struct agains *agains, enum again_what what, const char *email)
{
        struct world *world = engine_world(service_engine(agains->service));
        struct passing *passing = agains->passing;
        struct wish wish;
        while (passing < agains->passing + AT_ONCE && passing->is_busy)
                passing++;
        if (passing == agains->passing + AT_ONCE)
                return;
        (void)snprintf(passing->email, sizeof(passing->email), "%s", email);
        make_wish(what, passing->email, &wish);
        const struct instance *to = topology_of_service(service_topology(agains->service), wish.service, 0);
        if (to == NULL)
                return;
        passing->is_busy = true;
        passing->speak = (struct speak){.to = to,
                                        .method = wish.method,
                                        .request = wish.request,
                                        .key = id_new(world, world->now_ms(world), 0),
                                        .answer = on_answer,
                                        .argument = passing};
        speak_ask(agains->service, &passing->speak);
}

bool again_is_address(const char *text)
{
        return mail_address_valid(text) && strlen(text) < ADDRESS_SIZE;
}

void again_show(struct http_request *request)
{
        sheet_again(request, NULL);
}

void again_ask(struct agains *agains, struct http_request *request)
{
        struct world *world = engine_world(service_engine(agains->service));
        struct id network = {{0}}; /* of this machine, as far as can be known */
        struct form form;
        if (!form_of_request(request, &form))
                return;
        const char *email = form_value(&form, "adresse");
        if (!again_is_address(email)) {
                sheet_again(request, "Écrivez une adresse électronique entière, comme prenom.nom@exemple.fr.");
                return;
        }
        (void)http_client(request, &network);
        if (!agains_take(agains, network, world->now_ms(world))) {
                sheet_sorry(request, 429, "Trop de demandes viennent de votre réseau : réessayez dans dix minutes.");
                return;
        }
        agains_pass_on(agains, AGAIN_LINKS, email);
        sheet_again_done(request);
}
