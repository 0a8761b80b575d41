#include "services/gateway/oidc/proven.h"

#include "common/base/require.h"

static const char kind[] = "proven 1";

char *proven_keep(const struct passages *passages, const struct oidc_provider *provider,
                  const struct identity *identity, struct arena *arena)
{
        json_t *what = json_pack("{s:s, s:s, s:s}", "provider", provider->name, "identity_provider",
                                 identity->identity_provider, "subject", identity->subject);
        require(what != NULL); /* texts that were JSON before */
        return passage_seal(passages, kind, what, arena);
}

bool proven_read(const struct passages *passages, const struct oidc_providers *providers, const char *cookie,
                 struct arena *arena, struct identity *ret)
{
        json_t *what = passage_open(passages, kind, cookie, PROVEN_MS);
        const char *name = passage_text(what, "provider"), *subject = passage_text(what, "subject"),
                   *behind = passage_text(what, "identity_provider");
        const struct oidc_provider *provider = name == NULL ? NULL : providers_find(providers, name);
        bool good = provider != NULL && subject != NULL && behind != NULL;
        if (good)
                *ret = (struct identity){.issuer = provider->issuer,
                                         .identity_provider = arena_text(arena, behind),
                                         .subject = arena_text(arena, subject),
                                         .mail = ""};
        json_decref(what);
        return good;
}
