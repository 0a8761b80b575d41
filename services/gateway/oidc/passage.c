#include "services/gateway/oidc/passage.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

char *passage_seal(const struct passages *passages, const char *kind, json_t *what, struct arena *arena)
{
        struct world *world = passages->world;
        require(json_object_set_new(what, "sealed", json_integer(world->now_ms(world))) == 0);
        char *plain = json_dumps(what, JSON_COMPACT);
        require(plain != NULL);
        struct slice box = secret_box_seal(world, passages->key, slice_of_text(kind), slice_of_text(plain), arena);
        sodium_memzero(plain, strlen(plain));
        free(plain);
        json_decref(what);
        size_t size = sodium_base64_encoded_len(box.size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        if (size > PASSAGE_TEXT_MAX)
                return NULL;
        return sodium_bin2base64(arena_alloc(arena, size), size, box.data, box.size,
                                 sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static bool is_in_time(const struct passages *passages, const json_t *what, int64_t life_ms)
{
        struct world *world = passages->world;
        int64_t age_ms = world->now_ms(world) - json_integer_value(json_object_get(what, "sealed"));
        return age_ms >= -PASSAGE_SKEW_MS && age_ms < life_ms;
}

json_t *passage_open(const struct passages *passages, const char *kind, const char *text, int64_t life_ms)
{
        uint8_t box[PASSAGE_TEXT_MAX];
        struct arena arena = {0};
        struct slice plain;
        size_t size = 0;
        json_t *what = NULL;
        if (text == NULL || strlen(text) >= PASSAGE_TEXT_MAX ||
            sodium_base642bin(box, sizeof(box), text, strlen(text), NULL, &size, NULL,
                              sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
                return NULL;
        if (secret_box_open(passages->key, slice_of_text(kind), slice_of(box, size), &arena, &plain)) {
                what = json_loadb((const char *)plain.data, plain.size, 0, NULL);
                sodium_memzero((void *)(uintptr_t)plain.data, plain.size);
        }
        arena_fini(&arena);
        if (what == NULL || is_in_time(passages, what, life_ms))
                return what;
        json_decref(what);
        return NULL;
}

void passage_mark(const struct passages *passages, struct slice of, uint8_t ret[PASSAGE_MARK_SIZE])
{
        static const uint8_t label[] = "a state that a gateway drew";
        crypto_generichash_state state;
        require(crypto_generichash_init(&state, passages->key, sizeof(passages->key), PASSAGE_MARK_SIZE) == 0 &&
                crypto_generichash_update(&state, label, sizeof(label)) == 0 &&
                crypto_generichash_update(&state, of.data, of.size) == 0 &&
                crypto_generichash_final(&state, ret, PASSAGE_MARK_SIZE) == 0);
}

const char *passage_text(const json_t *what, const char *name)
{
        return json_string_value(json_object_get(what, name));
}
