/* visitor.h: one connection, from the client to the library and back. Called by door.c. */
#ifndef SERVICES_GATEWAY_DOOR_VISITOR_H
#define SERVICES_GATEWAY_DOOR_VISITOR_H

#include "services/gateway/door/inside.h"

/* To what the client says; the first `said` bytes lie in the door's buffer. */
void visitor_listen(struct visitor *v, size_t said);
void visitor_turn_away(struct visitor *v); /* 503 */
void visitor_hand_over(struct visitor *v); /* what the library has said, as far as it goes without waiting */
void visitor_on_answer(uv_stream_t *inner, ssize_t size, const uv_buf_t *buffer);
void visitor_on_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *ret);

#endif
