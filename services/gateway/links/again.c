#include "services/gateway/links/again.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
/* One that notifications is asked about. */
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

/* Where too many are under way it is dropped: who waits in vain asks again. */
static void pass_on(struct agains *agains, const char *email)
{
        const struct instance *to = topology_of_service(service_topology(agains->service), "notifications", 0);
        struct world *world = engine_world(service_engine(agains->service));
        Notifications__ResendLinks request = NOTIFICATIONS__RESEND_LINKS__INIT;
        struct passing *passing = agains->passing;
        while (passing < agains->passing + AT_ONCE && passing->is_busy)
                passing++;
        if (to == NULL || passing == agains->passing + AT_ONCE)
                return;
        (void)snprintf(passing->email, sizeof(passing->email), "%s", email);
        passing->is_busy = true;
        request.email = passing->email;
        passing->speak = (struct speak){.to = to,
                                        .method = "notifications.ResendLinks",
                                        .request = &request.base,
                                        .key = id_new(world, world->now_ms(world), 0),
                                        .answer = on_answer,
                                        .argument = passing};
        speak_ask(agains->service, &passing->speak);
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
        if (!mail_address_valid(email) || strlen(email) >= ADDRESS_SIZE) {
                sheet_again(request, "Écrivez une adresse électronique entière, comme prenom.nom@exemple.fr.");
                return;
        }
        (void)http_client(request, &network);
        if (!agains_take(agains, network, world->now_ms(world))) {
                sheet_sorry(request, 429, "Trop de demandes viennent de votre réseau : réessayez dans dix minutes.");
                return;
        }
        pass_on(agains, email);
        sheet_again_done(request);
}
