"""The portal as a WSGI application."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notify_admin.settings")
application = get_wsgi_application()

# What is loaded by now stays as long as the process does. Without this the interpreter goes
# through all of it again and again to find rubbish, and every thread waits meanwhile.
gc.collect()
gc.freeze()
