from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """One way to draw a form everywhere: `{{ form.field.as_field_group }}` uses components/field.html.

    The look's classes are put on there, by the tag `control`, so that no form class names them; a class
    in a widget's own `attrs` ("input-date", "input-short") is kept beside them.
    """

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
