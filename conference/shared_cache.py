"""Redis as the cache; when it does not answer, callers hear what they would hear of the database that it stands in for."""

from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.db import OperationalError


class Lines(redis.Redis):
    def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute_command(*args, **options)
        except redis.RedisError as problem:
            raise OperationalError(f"Redis: {type(problem).__name__}") from problem


class Client(RedisCacheClient):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._client = Lines


class SharedCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client
