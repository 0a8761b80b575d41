#include "services/gateway/hooks.h"

#include <inttypes.h>
#include <limits.h>
#include <sodium.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/local_time.h"
#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/config.h"
#include "common/service/engine.h"
#include "services/gateway/front/api_stream.h"
#include "services/gateway/front/routes.h"

_Static_assert(offsetof(struct gateway, settings) == 0, "gateway_settings_of() takes one for the other");

/* What is told to everybody of who runs this network; what is not said there is told to be missing. */
static int load_legal(struct gateway *gateway, struct world *world, struct err_info *info)
{
        char today[DAY_TEXT_SIZE];
        gateway->legal = arena_zalloc(&gateway->arena, sizeof(*gateway->legal));
        day_format(local_day("", world->now_ms(world)), today);
        retention_load(config_rules_directory(gateway->settings.rules), today, &gateway->arena,
                       &gateway->legal->retention);
        return about_load(gateway->settings.about, &gateway->arena, &gateway->legal->about, info);
}

int gateway_start(struct engine *engine, const void *config, void **ret_context, struct err_info *info)
{
        struct gateway *gateway = calloc(1, sizeof(*gateway));
        require(gateway != NULL);
        gateway->settings = *(const struct gateway_settings *)config;
        int err = codes_load(config_rules_directory(gateway->settings.rules), NULL, &gateway->codes, info);
        if (err == ERR_NOT_FOUND) { /* the daemons know them: the description names their lists only */
                log_line(LOG_WARN, "codes.absent", "%s", info->text);
        } else if (err != 0) {
                gateway_stop(gateway);
                return err;
        }
        char path[PATH_MAX];
        (void)snprintf(path, sizeof(path), "%s/common_passwords.txt", config_rules_directory(gateway->settings.rules));
        err = load_legal(gateway, engine_world(engine), info);
        if (err != 0) {
                gateway_stop(gateway);
                return err;
        }
        gateway->commonest = commonest_load(path);
        if (gateway->commonest == NULL)
                log_line(LOG_WARN, "passwords.absent", "%s cannot be read: no password is refused as common", path);
        *ret_context = gateway;
        return 0;
}

void gateway_stop(void *context)
{
        struct gateway *gateway = context;
        codes_free(&gateway->codes);
        commonest_free(gateway->commonest);
        arena_fini(&gateway->arena);
        free(gateway);
}

static struct slice sign(void *service, const Wire__Passport *passport, struct arena *arena)
{
        return service_sign_passport(service, passport, arena);
}

static struct streams *open_streams(struct gateway *gateway, struct err_info *info)
{
        const struct streams_options options = {.service = gateway->service,
                                                .most = (unsigned)gateway->settings.streams_max,
                                                .most_per_account = (unsigned)gateway->settings.streams_per_account,
                                                .heartbeat_s = (unsigned)gateway->settings.heartbeat_s,
                                                .timeout_ms = (uint32_t)gateway->settings.query_timeout_ms,
                                                .session = gateway_listener,
                                                .stands = gateway_stands,
                                                .refuse = api_stream_refuse,
                                                .argument = gateway};
        return streams_open(&options, info);
}

static struct links *open_links(struct gateway *gateway)
{
        const struct links_options options = {.service = gateway->service,
                                              .codes = &gateway->codes,
                                              .query_timeout_ms = (uint32_t)gateway->settings.query_timeout_ms,
                                              .command_timeout_ms = (uint32_t)gateway->settings.command_timeout_ms,
                                              .when_known = gateway_when_known,
                                              .argument = gateway};
        return links_open(&options);
}

/* Without the network's key it seals by one of its own: enough where it is the only gateway. */
static bool open_oidc(struct gateway *gateway, struct err_info *info)
{
        struct engine *engine = service_engine(gateway->service);
        struct passages passages = {.world = engine_world(engine)};
        if (!engine_shared_key(engine, passages.key))
                log_line(LOG_WARN, "oidc.key",
                         "keys/gateways.key is missing: who begins to sign in by a provider here must come back here; "
                         "`guichetctl init` makes it");
        gateway->oidc = oidc_new(service_loop(gateway->service), &passages, gateway->settings.oidc, info);
        sodium_memzero(&passages, sizeof(passages));
        return gateway->oidc != NULL;
}

bool gateway_drain(struct service *service, void *context)
{
        struct gateway *gateway = context;
        (void)service;
        streams_end_all(gateway->streams);
        return http_drain(gateway->http);
}

int gateway_serve(struct service *service, void *context, struct err_info *info)
{
        struct gateway *gateway = context;
        const struct instance *instance = service_instance(service);
        struct err_info why = {0};

        if (instance->http == NULL)
                return err_set(info, ERR_CONFIG, "%s has no \"http\" address in the topology, like \"127.0.0.1:8080\"",
                               instance->name);
        if (topology_of_service(service_topology(service), "accounts", 0) == NULL)
                return err_set(info, ERR_CONFIG,
                               "the topology has no instance of accounts, so nobody could come in by %s; "
                               "`guichetctl init` adds one",
                               instance->name);
        gateway->service = service;
        gateway->instance = instance->name;
        gateway->sessions = sessions_new(instance->name, sign, service);
        gateway->pages = pages_load(gateway->settings.web, &why);
        if (gateway->pages == NULL) /* the interfaces of machines do without */
                log_line(LOG_WARN, "web.absent", "%s", why.text);
        const struct child_program table = {gateway->settings.table, "guichet-table",
                                            (uint64_t)gateway->settings.table_timeout_ms};
        const struct child_program print = {gateway->settings.print, "guichet-print",
                                            (uint64_t)gateway->settings.print_timeout_ms};
        gateway->hasher = hasher_new(service_loop(service));
        gateway->tables = children_new(service_loop(service), &table);
        gateway->prints = children_new(service_loop(service), &print);
        const struct allowance_rule allowance = {(uint64_t)gateway->settings.requests_per_s,
                                                 (uint64_t)gateway->settings.requests_at_once};
        gateway->allowances = allowances_new(&allowance);
        const struct allowance_rule strangers = {(uint64_t)gateway->settings.strangers_requests_per_s,
                                                 (uint64_t)gateway->settings.requests_at_once};
        gateway->strangers_allowances = allowances_new(&strangers);
        gateway->catch_ups = catch_ups_new(service_loop(service), gateway_knows_up_to, gateway);
        if (gateway->settings.oidc[0] != '\0' && !open_oidc(gateway, info)) {
                gateway_quit(service, gateway);
                return ERR_CONFIG;
        }
        struct http_options options = {
                .address = instance->http,
                .proxies = gateway->settings.proxies,
                .door = {.seats = (unsigned)gateway->settings.connections_max,
                         .strangers_per_address = (unsigned)gateway->settings.strangers_per_address,
                         .head_timeout_s = (unsigned)gateway->settings.head_timeout_s,
                         .request_timeout_s = (unsigned)gateway->settings.request_timeout_s,
                         .idle_timeout_s = (unsigned)gateway->settings.idle_timeout_s,
                         .stranger_age_s = (unsigned)gateway->settings.stranger_age_s,
                         .streams = (unsigned)gateway->settings.streams_max},
                .knows = gateway_stands,
                .greet = routes_greet,
                .handle = routes_handle,
                .argument = gateway,
        };
        gateway->links = open_links(gateway);
        gateway->streams = open_streams(gateway, info);
        if (gateway->streams != NULL)
                gateway->http = http_open(service_loop(service), &options, info);
        if (gateway->http == NULL) {
                gateway_quit(service, gateway);
                return ERR_TRANSPORT;
        }
        log_line(LOG_INFO, "http", "http://%s", instance->http);
        return 0;
}

void gateway_committed(struct service *service, void *context)
{
        struct gateway *gateway = context;
        (void)service;
        if (gateway->catch_ups != NULL) /* NULL: it does not serve yet, or any more */
                catch_ups_look(gateway->catch_ups);
}

void gateway_quit(struct service *service, void *context)
{
        struct gateway *gateway = context;
        (void)service;
        streams_close(gateway->streams);
        gateway->streams = NULL;
        catch_ups_free(gateway->catch_ups);
        gateway->catch_ups = NULL;
        hasher_free(gateway->hasher); /* whoever waits is answered by http_close() */
        gateway->hasher = NULL;
        http_close(gateway->http);
        gateway->http = NULL;
        oidc_free(gateway->oidc); /* nobody waits for one any more */
        gateway->oidc = NULL;
        children_free(gateway->tables); /* the same */
        gateway->tables = NULL;
        children_free(gateway->prints);
        gateway->prints = NULL;
        links_close(gateway->links);
        gateway->links = NULL;
        pages_free(gateway->pages);
        gateway->pages = NULL;
        sessions_free(gateway->sessions);
        gateway->sessions = NULL;
        allowances_free(gateway->allowances);
        gateway->allowances = NULL;
        allowances_free(gateway->strangers_allowances);
        gateway->strangers_allowances = NULL;
}

size_t gateway_metrics(void *context, char *ret_text, size_t size)
{
        const struct gateway *gateway = context;
        if (gateway->http == NULL)
                return 0;
        const struct door_counts *door = http_counts(gateway->http);
        const struct {
                const char *name;
                uint64_t value;
        } rows[] = {
                {"requests_total", gateway->requests},
                {"timeouts_total", gateway->timeouts},
                {"strangers_total", gateway->strangers},
                {"connections", door->seated},
                {"connections_waiting", door->waiting},
                {"connections_turned_away_total", door->turned_away},
                {"connections_let_go_total", door->let_go},
                {"connections_late_total", door->late},
                {"requests_flawed_total", door->flawed},
                {"requests_hurried_total", gateway->hurried},
                {"streams", door->streams},
                {"streams_slow_total", door->slow},
        };
        size_t used = 0;
        for (size_t i = 0; i < ARRAY_SIZE(rows) && used < size; i++)
                used += (size_t)snprintf(ret_text + used, size - used, "guichet_http_%s{instance=\"%s\"} %" PRIu64 "\n",
                                         rows[i].name, gateway->instance, rows[i].value);
        return used < size ? used : size - 1;
}
