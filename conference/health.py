"""Is the process alive, and can it work: two addresses for whoever watches the site."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from conference.models import Outbox

OLDEST_MAIL = timedelta(minutes=10)


@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready when the database answers and no mail has been waiting for the worker for long."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        late = Outbox.objects.due(timezone.now() - OLDEST_MAIL).count()
    except DatabaseError:
        return HttpResponse("database does not answer\n", status=503, content_type="text/plain")
    if late:
        return HttpResponse(f"mail is late: {late}\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")
