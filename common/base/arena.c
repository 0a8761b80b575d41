#include "common/base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

enum { ALIGNMENT = 16, BLOCK_SIZE_MIN = 4096 };

struct arena_block {
        struct arena_block *older;
        size_t size;
        _Alignas(ALIGNMENT) uint8_t bytes[];
};

void arena_init(struct arena *arena)
{
        *arena = (struct arena){0};
}

void arena_fini(struct arena *arena)
{
        while (arena->blocks != NULL) {
                struct arena_block *block = arena->blocks;
                arena->blocks = block->older;
                free(block);
        }
        *arena = (struct arena){0};
}

void arena_reset(struct arena *arena)
{
        if (arena->blocks == NULL)
                return;
        while (arena->blocks->older != NULL) {
                struct arena_block *block = arena->blocks;
                arena->blocks = block->older;
                free(block);
        }
        arena->next = arena->blocks->bytes;
        arena->left = arena->blocks->size;
}

static void grow(struct arena *arena, size_t size)
{
        size_t wanted = size > BLOCK_SIZE_MIN - sizeof(struct arena_block) ? size
                                                                            : BLOCK_SIZE_MIN - sizeof(struct arena_block);
        struct arena_block *block = malloc(sizeof(*block) + wanted);
        require(block != NULL);
        block->older = arena->blocks;
        block->size = wanted;
        arena->blocks = block;
        arena->next = block->bytes;
        arena->left = wanted;
}

void *arena_alloc(struct arena *arena, size_t size)
{
        require(size < SIZE_MAX / 2);
        size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);

        if (rounded > arena->left)
                grow(arena, rounded);
        void *allocated = arena->next;
        arena->next += rounded;
        arena->left -= rounded;
        return allocated;
}

void *arena_zalloc(struct arena *arena, size_t size)
{
        return memset(arena_alloc(arena, size), 0, size);
}

void *arena_copy(struct arena *arena, const void *data, size_t size)
{
        void *copy = arena_alloc(arena, size);
        if (size > 0)
                memcpy(copy, data, size);
        return copy;
}

struct slice arena_copy_slice(struct arena *arena, struct slice slice)
{
        return slice_of(arena_copy(arena, slice.data, slice.size), slice.size);
}

char *arena_text(struct arena *arena, const char *text)
{
        return arena_copy(arena, text, strlen(text) + 1);
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
        va_list args, again;
        va_start(args, format);
        va_copy(again, args);
        int length = vsnprintf(NULL, 0, format, args);
        va_end(args);
        require(length >= 0);
        char *text = arena_alloc(arena, (size_t)length + 1);
        (void)vsnprintf(text, (size_t)length + 1, format, again);
        va_end(again);
        return text;
}
