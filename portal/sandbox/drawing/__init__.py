"""What the template-preview service does: letters as PDF and pictures, uploads checked."""
