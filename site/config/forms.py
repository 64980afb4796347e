from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """One way to draw a form everywhere: `{{ form.field.as_field_group }}` uses components/field.html."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
