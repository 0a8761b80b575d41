        if (json_object_set_new(object, "a", json_integer(1)) != 0)
        json_object_set_new(object, "a", json_integer(1));
        (void)json_array_append_new(array, json_null());
