#include "services/gateway/door/inside.h"

#include <stdlib.h>

static void list_remove(struct visitor *v)
{
        if (v->list == NULL)
                return;
        *(v->previous == NULL ? &v->list->first : &v->previous->next) = v->next;
        *(v->next == NULL ? &v->list->last : &v->next->previous) = v->previous;
        v->next = v->previous = NULL;
        v->list = NULL;
}

/* Behind all others of the list that is its own now. */
void door_line_up(struct visitor *v)
{
        struct door *door = v->door;
        list_remove(v);
        if (v->turn == TURN_STREAM)
                v->list = &door->streams;
        else
                v->list = !v->seated ? &door->waiting : v->known ? &door->known : &door->strangers;
        v->previous = v->list->last;
        *(v->previous == NULL ? &v->list->first : &v->previous->next) = v;
        v->list->last = v;
}

void door_let_go(struct door *door)
{
        if (--door->handles_open > 0)
                return;
        addresses_free(door->addresses);
        free(door);
}

void visitor_unref(struct visitor *v)
{
        if (--v->references > 0)
                return;
        struct door *door = v->door;
        free(v->pending);
        free(v);
        door_let_go(door);
}

static void on_closed(uv_handle_t *handle)
{
        visitor_unref(handle->data);
}

void door_close_inner(struct visitor *v)
{
        if (!v->inner_open)
                return;
        v->inner_open = false;
        uv_close((uv_handle_t *)&v->inner, on_closed);
}

void door_uncount(struct visitor *v)
{
        if (v->counted)
                addresses_remove(v->door->addresses, (struct sockaddr *)&v->address);
        v->counted = false;
}

void door_drop(struct visitor *v)
{
        if (uv_is_closing((uv_handle_t *)&v->outer))
                return;
        if (v->list == &v->door->waiting)
                v->door->counts.waiting--;
        if (v->list == &v->door->streams)
                v->door->counts.streams--;
        list_remove(v);
        door_uncount(v);
        door_close_inner(v);
        uv_close((uv_handle_t *)&v->outer, on_closed);
        if (v->gone != NULL)
                v->gone(v->argument);
}

void door_each(struct list *list, void (*see)(struct visitor *v))
{
        for (struct visitor *v = list->first, *next; v != NULL; v = next) {
                next = v->next;
                see(v);
        }
}
