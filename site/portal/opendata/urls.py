"""Under /du-lieu-mo/. Read after every app has registered its data sets."""

from django.urls import path

from . import api, pages
from .registry import VERSION, all_datasets

urlpatterns = [
    path("", pages.catalogue, name="open_data"),
    path("cho-lap-trinh/", pages.guide, name="open_data_guide"),
    path(f"{VERSION}/openapi.json", api.Description.as_view(), name="open_data_description"),
    *(
        path(f"{VERSION}/{one.slug}/", api.Rows.as_view(dataset=one), name=f"open_data_{one.slug}")
        for one in all_datasets()
    ),
    *(
        path(f"{VERSION}/{one.slug}.csv", api.CsvFile.as_view(dataset=one), name=f"open_data_{one.slug}_csv")
        for one in all_datasets()
    ),
    path(f"{VERSION}/<slug:slug>/", api.Unknown.as_view(), name="open_data_unknown"),
    path(f"{VERSION}/<slug:slug>.csv", api.Unknown.as_view(), name="open_data_unknown_csv"),
]
