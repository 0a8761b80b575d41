#include "services/gateway/gateway.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/engine.h"
#include "services/gateway/http.h"
#include "services/gateway/routes.h"

struct gateway {
        struct gateway_settings settings;
        const char *instance;
        struct service *service;
        struct sessions *sessions;
        struct pages *pages; /* NULL: no page has been built */
        struct http_server *http;
        uint64_t requests;
        uint64_t timeouts;
        uint64_t strangers;
};

int gateway_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info)
{
        (void)engine;
        (void)info;
        struct gateway *gateway = calloc(1, sizeof(*gateway));
        require(gateway != NULL);
        gateway->settings = *(const struct gateway_settings *)config;
        *ret_context = gateway;
        return 0;
}

void gateway_stop(void *context)
{
        free(context);
}

static struct slice sign(void *service, const Wire__Passport *passport, struct arena *arena)
{
        return service_sign_passport(service, passport, arena);
}

int gateway_serve(struct service *service, void *context, struct err_info *info)
{
        struct gateway *gateway = context;
        const struct instance *instance = service_instance(service);
        struct err_info why = {0};

        if (instance->http == NULL)
                return err_set(info, ERR_CONFIG, "%s has no \"http\" address in the topology, like \"127.0.0.1:8080\"",
                               instance->name);
        gateway->service = service;
        gateway->instance = instance->name;
        gateway->sessions = sessions_new(instance->name, sign, service);
        gateway->pages = pages_load(gateway->settings.web, &why);
        if (gateway->pages == NULL) /* the interfaces of machines do without */
                log_line(LOG_WARN, "web.absent", "%s", why.text);
        struct http_options options = {
            .address = instance->http,
            .connections_max = (unsigned)gateway->settings.connections_max,
            .request_timeout_s = (unsigned)gateway->settings.request_timeout_s,
            .idle_timeout_s = (unsigned)gateway->settings.idle_timeout_s,
            .handle = routes_handle,
            .argument = gateway,
        };
        gateway->http = http_open(service_loop(service), &options, info);
        if (gateway->http == NULL) {
                gateway_quit(service, gateway);
                return ERR_TRANSPORT;
        }
        log_line(LOG_INFO, "http", "http://%s", instance->http);
        return 0;
}

void gateway_quit(struct service *service, void *context)
{
        struct gateway *gateway = context;
        (void)service;
        http_close(gateway->http);
        gateway->http = NULL;
        pages_free(gateway->pages);
        gateway->pages = NULL;
        sessions_free(gateway->sessions);
        gateway->sessions = NULL;
}

size_t gateway_metrics(void *context, char *ret_text, size_t size)
{
        const struct gateway *gateway = context;
        const char *i = gateway->instance;
        int length = gateway->http == NULL ? 0
                                           : snprintf(ret_text, size,
                                                      "guichet_http_requests_total{instance=\"%s\"} %" PRIu64 "\n"
                                                      "guichet_http_timeouts_total{instance=\"%s\"} %" PRIu64 "\n"
                                                      "guichet_http_strangers_total{instance=\"%s\"} %" PRIu64 "\n"
                                                      "guichet_http_connections{instance=\"%s\"} %" PRIu64 "\n",
                                                      i, gateway->requests, i, gateway->timeouts, i, gateway->strangers,
                                                      i, http_connections(gateway->http));
        return length > 0 ? (size_t)length : 0;
}

const struct gateway_settings *gateway_settings_of(const struct gateway *gateway)
{
        return &gateway->settings;
}
struct service *gateway_service(struct gateway *gateway)
{
        return gateway->service;
}
const struct pages *gateway_pages(const struct gateway *gateway)
{
        return gateway->pages;
}
void gateway_count_request(struct gateway *gateway)
{
        gateway->requests++;
}
void gateway_count_timeout(struct gateway *gateway)
{
        gateway->timeouts++;
}

const struct session *gateway_session(struct gateway *gateway, const char *authorization)
{
        struct world *world = engine_world(service_engine(gateway->service));
        struct txn *txn = service_begin_read(gateway->service);
        const struct session *session = sessions_open(gateway->sessions, txn, authorization, world->now_ms(world));
        service_end_read(gateway->service, txn);
        if (session == NULL)
                gateway->strangers++;
        return session;
}
