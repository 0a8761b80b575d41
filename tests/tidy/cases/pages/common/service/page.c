        reply->next = pb_bytes(last);
