#include "services/ctl/add_accounts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "services/ctl/network_file.h"

enum { PORT_MAX = 65535 };

static const char *const SETTING = "token_life_days";

static json_t *first_of(const json_t *network, const char *service)
{
        size_t i;
        json_t *entry;
        json_array_foreach (json_object_get(network, "instances"), i, entry) {
                const char *text = json_string_value(json_object_get(entry, "service"));
                if (text != NULL && strcmp(text, service) == 0)
                        return entry;
        }
        return NULL;
}

bool lacks_accounts(const json_t *network)
{
        return first_of(network, "gateway") != NULL && first_of(network, "accounts") == NULL;
}

/* Of an address "tcp://host:port" or "host:port"; 0: it has none. */
static long port_of(const char *address)
{
        const char *colon = address == NULL ? NULL : strrchr(address, ':');
        return colon == NULL ? 0 : strtol(colon + 1, NULL, 10);
}

static long highest_port(const json_t *network)
{
        static const char *const members[] = {"endpoint", "events", "http"};
        long highest = 0;
        size_t i;
        const json_t *entry;
        json_array_foreach (json_object_get(network, "instances"), i, entry) {
                for (size_t m = 0; m < ARRAY_SIZE(members); m++) {
                        long port = port_of(json_string_value(json_object_get(entry, members[m])));
                        highest = port > highest ? port : highest;
                }
        }
        return highest;
}

static void put_endpoint(json_t *entry, const char *member, const char *model, long port)
{
        char text[256];
        const char *colon = strrchr(model, ':');
        (void)snprintf(text, sizeof(text), "%.*s:%ld", (int)(colon - model), model, port);
        put_text(entry, member, text);
}

static void move_setting(const json_t *network, json_t *accounts)
{
        size_t i;
        json_t *entry;
        json_array_foreach (json_object_get(network, "instances"), i, entry) {
                json_t *settings = json_object_get(entry, "settings");
                json_t *value = json_object_get(settings, SETTING);
                if (value == NULL)
                        continue;
                if (json_object_get(accounts, "settings") == NULL)
                        require(json_object_set_new(accounts, "settings", json_pack("{s:O}", SETTING, value)) == 0);
                require(json_object_del(settings, SETTING) == 0);
        }
}

bool add_accounts(json_t *network)
{
        const char *model = json_string_value(json_object_get(first_of(network, "gateway"), "endpoint"));
        long port = highest_port(network) + 1;
        if (model == NULL || strncmp(model, "tcp://", 6) != 0 || port_of(model) == 0 || port + 1 > PORT_MAX)
                return false;
        json_t *accounts = json_object();
        put_text(accounts, "name", "accounts-1");
        put_text(accounts, "service", "accounts");
        put_endpoint(accounts, "endpoint", model, port);
        put_endpoint(accounts, "events", model, port + 1);
        put_text(accounts, "store", "stores/accounts-1");
        move_setting(network, accounts);
        require(json_array_append_new(json_object_get(network, "instances"), accounts) == 0);
        return true;
}
